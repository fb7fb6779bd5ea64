"""Checks, resources and a clock for tests of AWS Config without any service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from workbench.local_aws.config.agenda import Agenda
from workbench.local_aws.config.checks import Checks
from workbench.local_aws.config.items import Item, Key
from workbench.local_aws.config.judging import Judges
from workbench.local_aws.config.region import Pace, RegionConfig
from workbench.local_aws.config.store import Rule, RuleStatus, Store
from workbench.resources import Resource

BUCKET = "AWS::S3::Bucket"
START = datetime(2026, 11, 22, 10, tzinfo=UTC)


@dataclass(frozen=True)
class FakeRule:
    resource_types: tuple[str, ...]
    trigger: str


@dataclass(frozen=True)
class FakeFinding:
    verdict: str
    message: str = "because"


def evaluate(_: str, resource: Resource, __: Mapping[str, str]) -> FakeFinding:
    return FakeFinding(str(resource.properties["Verdict"]))


def judge_policy(rule: Rule, item: Item) -> FakeFinding:
    return FakeFinding(str(item.resource.properties["Verdict"]), str(rule.policy))


CHECKS = Checks(
    rules={
        "ON_CHANGE": FakeRule((BUCKET,), "change"),
        "PERIODIC": FakeRule((BUCKET,), "periodic"),
        "HYBRID": FakeRule((BUCKET,), "hybrid"),
    },
    evaluate=evaluate,
    surround=lambda resources: resources,
)


def bucket(name: str, verdict: str = "COMPLIANT", **properties: Any) -> Resource:
    return Resource(name, BUCKET, name, {"Verdict": verdict, **properties})


def definition(identifier: str = "ON_CHANGE", name: str = "rule", **settings: Any) -> dict[str, Any]:
    source = {"Owner": "AWS", "SourceIdentifier": identifier}
    identity = {"ConfigRuleName": name, "ConfigRuleArn": f"arn:rule/{name}", "ConfigRuleId": name}
    return {**identity, "Source": source, "InputParameters": "{}", **settings}


def custom(*message_types: str, **settings: Any) -> dict[str, Any]:
    details = [{"EventSource": "aws.config", "MessageType": kind} for kind in message_types]
    source = {"Owner": "CUSTOM_LAMBDA", "SourceIdentifier": "arn:function", "SourceDetails": details}
    return definition(Source=source, **settings)


@dataclass
class FakeResources:
    """The state of the services, to be changed by a test."""

    found: dict[Key, Resource] = field(default_factory=dict)
    last_refresh_seconds: float = 0.0

    def touch(self, _: str) -> bool:
        return True

    def refresh(self) -> Mapping[Key, Resource]:
        return dict(self.found)


@dataclass
class World:
    """One region of AWS Config whose time a test moves."""

    delay: float = 20.0
    records: bool = True
    seconds: float = 0.0
    resources: FakeResources = field(default_factory=FakeResources)
    started: list[tuple[str, str | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.agenda = Agenda(clock=lambda: self.seconds)
        self.region = RegionConfig(
            Store(),
            resources=self.resources,
            records=lambda _: self.records,
            judges=Judges(CHECKS, judge_policy),
            custom=self,
            agenda=self.agenda,
            pace=Pace(self.delay, hour=3600),
            now=self.now,
        )

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def start(self, rule: Rule, item: Item | None, at: datetime) -> None:
        self.started.append((rule.name, item.key[1] if item else None))

    def put(self, *resources: Resource) -> None:
        self.resources.found |= {(each.type, each.physical_id): each for each in resources}
        self.region.changed("s3")

    def remove(self, name: str) -> None:
        del self.resources.found[BUCKET, name]
        self.region.changed("s3")

    def rule(self, given: dict[str, Any]) -> Rule:
        rule = Rule(given, RuleStatus(self.now()))
        self.region.store.rules[rule.name] = rule
        self.region.rule_put(rule)
        return rule

    def wait(self, seconds: float) -> None:
        """Lets time pass, a tenth of a second at a time."""
        end = self.seconds + seconds
        while self.seconds < end:
            self.seconds = min(end, self.seconds + 0.1)
            self.agenda.run_due()

    def compliance(self, name: str, rule: str = "rule") -> str | None:
        row = self.region.store.rows.get((rule, (BUCKET, name)))
        return row.compliance if row else None
