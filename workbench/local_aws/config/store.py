"""What AWS Config knows in one account and region: its rules, their results, the resources that it has recorded.

Owns the lock. Everything that changes together is changed inside `with store.lock`.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workbench.local_aws.config.items import Item, Key
from workbench.local_aws.service import RequestContext

_LONGEST_HISTORY = 100


@dataclass(frozen=True)
class Row:
    """One evaluation result: a rule on a resource."""

    rule: str
    key: Key
    compliance: str
    ordering_at: datetime
    invoked_at: datetime
    recorded_at: datetime
    annotation: str | None = None


@dataclass
class RuleStatus:
    """What DescribeConfigRuleEvaluationStatus tells of a rule.

    `problems` holds why the rule could not judge, by resource (None: at all), until it can.
    """

    activated_at: datetime
    invoked_at: datetime | None = None
    invocation_failed_at: datetime | None = None
    evaluated_at: datetime | None = None
    evaluation_failed_at: datetime | None = None
    started: bool = False
    problems: dict[Key | None, str] = field(default_factory=dict)


@dataclass
class Rule:
    """A Config rule; `definition` is what DescribeConfigRules tells of it, `policy` the text of a custom policy."""

    definition: Mapping[str, Any]
    status: RuleStatus
    tags: dict[str, str] = field(default_factory=dict)
    policy: str | None = None
    last_started: float | None = None
    evaluations: int = 0
    due_at: datetime | None = None

    @property
    def is_evaluating(self) -> bool:
        return self.evaluations > 0

    @property
    def name(self) -> str:
        return str(self.definition["ConfigRuleName"])

    @property
    def arn(self) -> str:
        return str(self.definition["ConfigRuleArn"])


@dataclass(frozen=True)
class Pack:
    """A conformance pack; `settings` is what was given with its template."""

    name: str
    pack_id: str
    arn: str
    requested_at: datetime
    settings: Mapping[str, Any] = field(default_factory=dict)
    stack_arn: str = ""

    @property
    def stack_name(self) -> str:
        return f"awsconfigconforms-{self.name}-{self.pack_id}"

    def owns(self, rule: str) -> bool:
        return rule.endswith(f"-{self.pack_id}")


class Store:
    """One account and region."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.rules: dict[str, Rule] = {}
        self.rows: dict[tuple[str, Key], Row] = {}
        self.recorded: dict[Key, Item] = {}
        self.history: dict[Key, list[Item]] = defaultdict(list)
        self.tokens: dict[str, tuple[Rule, datetime]] = {}
        self.packs: dict[str, Pack] = {}

    def unfinished_rules(self) -> list[Rule]:
        """Those that a stop of the local AWS kept from judging; from now on, none is being evaluated."""
        unfinished = [rule for rule in self.rules.values() if rule.is_evaluating or not rule.status.started]
        for rule in self.rules.values():
            rule.evaluations, rule.last_started = 0, None
        return unfinished

    def record(self, item: Item) -> None:
        """Takes an item into the inventory; the results of a resource that is gone disappear."""
        with self.lock:
            self.history[item.key] = [*self.history[item.key], item][-_LONGEST_HISTORY:]
            if not item.is_deleted:
                self.recorded[item.key] = item
                return
            self.recorded.pop(item.key, None)
            self.rows = {pair: row for pair, row in self.rows.items() if row.key != item.key}
            for rule in self.rules.values():
                rule.status.problems.pop(item.key, None)

    def put_rows(self, rows: Iterable[Row]) -> None:
        """Keeps the results of rules that exist. Results that do not apply are not kept."""
        with self.lock:
            for row in rows:
                if row.compliance == "NOT_APPLICABLE":
                    self.rows.pop((row.rule, row.key), None)
                elif row.rule in self.rules:
                    self.rows[row.rule, row.key] = row

    def remove_rows_of(self, rule: str, *, but: Container[Key] = ()) -> None:
        with self.lock:
            self.rows = {pair: row for pair, row in self.rows.items() if row.rule != rule or row.key in but}

    def remove_row(self, rule: str, key: Key) -> bool:
        """Whether there was such a result."""
        with self.lock:
            return self.rows.pop((rule, key), None) is not None

    def begin_evaluation(self, rule: Rule) -> None:
        """From now on, the rule is being evaluated."""
        with self.lock:
            rule.evaluations += 1

    def end_evaluation(self, rule: Rule) -> None:
        with self.lock:
            rule.evaluations -= 1

    def rows_of(self, *, rule: str | None = None, key: Key | None = None) -> list[Row]:
        """The results of a rule, of a resource, or all."""
        with self.lock:
            rows = list(self.rows.values())
        found = (row for row in rows if (rule is None or row.rule == rule) and (key is None or row.key == key))
        return sorted(found, key=lambda row: (row.rule, row.key))


Stores = Callable[[RequestContext], Store]
"""The store of the region in which a request acts; its recorder from the start exists from then on."""
