"""An AWS in memory with a clock of its own: what it says depends on what time it is."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fitness.aws import Aws, Stored
from fitness.aws_answers import Stack
from fitness.aws_problem import AwsProblem
from fitness.model import ConfigRule, Evaluation, Resource, Status

STACK_ID = "arn:aws:cloudformation:eu-west-1:111122223333:stack/orders/1a"
START = datetime(2026, 11, 22, 10, tzinfo=UTC)


@dataclass
class Clock:
    """Time that passes only by sleeping."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def own_rule(logical_id: str, evaluated_at: datetime | None = START) -> ConfigRule:
    return ConfigRule(f"orders-{logical_id}", f"ConfigRules/{logical_id}", evaluated_at, first_evaluation_started=True)


def row(resource: str, logical_id: str, status: Status, at: datetime) -> Evaluation:
    return Evaluation(resource, f"orders-{logical_id}", status, "DETECTIVE", at, at, at, None)


@dataclass
class FakeAws(Aws):
    """Answers from lists; a row is visible from its `recorded_at` on."""

    clock: Clock = field(default_factory=Clock)
    listing: list[Resource] = field(default_factory=list)
    rules: list[ConfigRule] = field(default_factory=list)
    rows: list[Evaluation] = field(default_factory=list)
    status: str = "UPDATE_IN_PROGRESS"
    recorded_from: dict[str, datetime] = field(default_factory=dict)
    unreadable: dict[str, AwsProblem] = field(default_factory=dict)
    refusals: int = 0
    started: list[tuple[datetime, Sequence[str]]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    metrics: list[Mapping[str, Any]] = field(default_factory=list)
    objects: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def stack(self, name: str) -> Stack:
        return Stack("orders", STACK_ID, self.status, START)

    def resources(self, stack_id: str, prefix: str = "") -> Iterator[Resource]:
        rules = [Resource(rule.path, "AWS::Config::ConfigRule", rule.name, START) for rule in self.rules if rule.path]
        yield from (*self.listing, *rules)

    def evaluations(self, resource_type: str, resource_id: str, path: str) -> list[Evaluation]:
        self.asked.append((resource_type, resource_id))
        if path in self.unreadable:
            raise self.unreadable[path]
        return [row for row in self.rows if row.resource == path and (row.recorded_at or START) <= self.clock()]

    def discovered_ids(self, resource_type: str, resource_name: str) -> list[str]:
        return [f"id-of-{resource_name}"]

    def is_recorded(self, resource_type: str, resource_id: str) -> bool:
        return self.recorded_from.get(resource_id, START) <= self.clock()

    def config_rule_names(self) -> list[str]:
        return [rule.name for rule in self.rules]

    def config_rules(self, paths: Mapping[str, str | None]) -> list[ConfigRule]:
        return [rule for rule in self.rules if rule.name in paths]

    def start_evaluation(self, names: Sequence[str]) -> bool:
        self.started.append((self.clock(), names))
        self.refusals -= 1
        return self.refusals < 0

    def answer_hook(self, deployment_id: str, execution_id: str, status: str) -> None:
        self.answers.append((deployment_id, execution_id, status))

    def put_metrics(self, namespace: str, data: Sequence[Mapping[str, Any]]) -> None:
        self.metrics += data

    def read(self, bucket: str, key: str) -> Stored | None:
        return Stored(json.dumps(self.objects[key]), str(id(self.objects[key]))) if key in self.objects else None

    def write(self, bucket: str, key: str, document: Mapping[str, Any]) -> None:
        self.objects[key] = document

    def replace(self, bucket: str, key: str, document: Mapping[str, Any], previous: Stored | None) -> bool:
        current = self.read(bucket, key)
        if (previous and previous.etag) != (current and current.etag):
            return False
        self.objects[key] = document
        return True

    def keys(self, bucket: str, prefix: str) -> list[str]:
        return sorted(key for key in self.objects if key.startswith(prefix))
