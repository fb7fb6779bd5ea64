"""AWS Config at work in one account and region: notices changes, records them after a delay, evaluates rules.

Everything here runs on the agenda, one task after another; only custom rules' functions run beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from workbench.local_aws.config import rules
from workbench.local_aws.config.agenda import Agenda
from workbench.local_aws.config.items import Item, Key
from workbench.local_aws.config.judging import Judges, judge
from workbench.local_aws.config.store import Rule, Store
from workbench.resources import Resource

_NOTICE_AFTER = 0.2
_SHARE_OF_TIME = 2  # a refresh of one second is followed by at least two without one


@dataclass(frozen=True)
class Pace:
    """How fast time passes: seconds from a change to its evaluation, seconds of an hour of periodic rules."""

    recording_delay: float
    hour: float


class Resources(Protocol):
    """The state of the services (`Inventory`)."""

    last_refresh_seconds: float

    def touch(self, place: str) -> bool: ...
    def state(self) -> Any: ...
    def restore(self, state: Any) -> None: ...
    def refresh(self) -> Mapping[Key, Resource]: ...


class CustomRules(Protocol):
    """How a custom rule's function is run: for a changed resource, or for none by the clock."""

    def start(self, rule: Rule, item: Item | None, at: datetime) -> None: ...


Records = Callable[[str], bool]
"""Whether Config records a type now."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class RegionConfig:
    """The recorder and the evaluator of one account and region."""

    def __init__(  # noqa: PLR0913 - each argument is one thing that a test replaces
        self,
        store: Store,
        *,
        resources: Resources,
        records: Records,
        judges: Judges,
        custom: CustomRules,
        agenda: Agenda,
        pace: Pace,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.store = store
        self._resources = resources
        self._records = records
        self._judges = judges
        self._custom = custom
        self._agenda = agenda
        self._pace = pace
        self._now = now
        self._noticed: dict[Key, Item] = {}
        self._noticing = False

    def changed(self, place: str) -> None:
        """A request may have changed resources in this place."""
        if self._resources.touch(place):
            self.notice_soon()

    def notice_soon(self) -> None:
        """Looks for changes in a moment; a burst of requests is looked at once."""
        with self.store.lock:
            if self._noticing:
                return
            self._noticing = True
        self._agenda.after(max(_NOTICE_AFTER, self._resources.last_refresh_seconds * _SHARE_OF_TIME), self._notice)

    def rule_put(self, rule: Rule) -> None:
        """A rule is new or changed: it judges what is recorded, and then whenever it is triggered."""
        self._evaluate_soon(rule)
        self._schedule(rule)

    def _evaluate_soon(self, rule: Rule) -> None:
        self._agenda.after(self._pace.recording_delay, lambda: self._evaluate(rule, self._now()))

    def state(self) -> Any:
        return self.store, self._resources.state()

    def resume(self, resources: Any) -> None:
        """After a restart of the local AWS, with the store as it was: goes on where it stopped."""
        self._noticed = dict(self.store.recorded)
        self._resources.restore(resources)
        self.notice_soon()
        for rule in self.store.unfinished_rules():
            self._evaluate_soon(rule)
        for rule in self.store.rules.values():
            if rule.due_at:
                self._schedule_at(rule, rule.due_at)

    def start_evaluation(self, rule: Rule) -> None:
        """The rule judges the last known state; until it has, it is evaluating."""
        asked_at = self._now()
        self.store.begin_evaluation(rule)
        self._agenda.after(0, lambda: self._end_start(rule, asked_at))

    def _end_start(self, rule: Rule, asked_at: datetime) -> None:
        try:
            self._evaluate(rule, asked_at)
        finally:
            self.store.end_evaluation(rule)

    def _notice(self) -> None:
        """Makes an item of each recorded resource that is not as it was noticed last."""
        with self.store.lock:
            self._noticing = False
        at = self._now()
        current = self._resources.refresh()
        items = [*self._changes(current, at), *self._deletions(current, at)]
        if items:
            self._agenda.after(self._pace.recording_delay, lambda: self._deliver(items))

    def _changes(self, current: Mapping[Key, Resource], at: datetime) -> Iterable[Item]:
        for key, resource in current.items():
            known = self._noticed.get(key)
            if (known and known.resource == resource) or not self._records(key[0]):
                continue
            state_id = known.state_id + 1 if known else 1
            self._noticed[key] = Item(key, resource, at, "OK" if known else "ResourceDiscovered", state_id)
            yield self._noticed[key]

    def _deletions(self, current: Mapping[Key, Resource], at: datetime) -> Iterable[Item]:
        gone = [key for key in self._noticed if key not in current and self._records(key[0])]
        for key in gone:
            yield self._noticed.pop(key).deleted(at)

    def _deliver(self, items: Iterable[Item]) -> None:
        """The items are recorded, and the rules that watch such resources judge them."""
        for item in items:
            self.store.record(item)
        for rule in tuple(self.store.rules.values()):
            watched = [item for item in items if rules.watches(rule.definition, item, self._judges.checks)]
            if watched:
                self._evaluate_items(rule, watched)
            self._forget_left(rule, [item for item in items if not rules.holds(rule.definition, item)])

    def _evaluate_items(self, rule: Rule, items: Iterable[Item]) -> None:
        if rules.runs_function(rule.definition):
            for item in items:
                self._custom.start(rule, item, item.captured_at)
            return
        self._judge(rule, [item for item in items if not item.is_deleted])

    def _forget_left(self, rule: Rule, items: Iterable[Item]) -> None:
        """What has left the scope of a rule has no result of it; a function is told."""
        for item in items:
            if self.store.remove_row(rule.name, item.key) and rules.runs_function(rule.definition):
                self._custom.start(rule, item, item.captured_at)

    def _evaluate(self, rule: Rule, triggered_at: datetime) -> None:
        """Judges everything: the recorded state by a rule that follows changes, else the state as it is."""
        if self.store.rules.get(rule.name) is not rule or not rules.is_detective(rule.definition):
            return
        on_change, hours = self._triggers(rule)
        if rules.runs_function(rule.definition):
            self._start_custom(rule, triggered_at, on_change=on_change, periodic=hours is not None)
        else:
            items = self._current(triggered_at, recorded=hours is None)
            self._judge(rule, items)
            self.store.remove_rows_of(rule.name, but={item.key for item in items if rules.holds(rule.definition, item)})

    def _triggers(self, rule: Rule) -> tuple[bool, int | None]:
        found = rules.triggers(rule.definition, self._judges.checks)
        return found.on_change, found.hours

    def _start_custom(self, rule: Rule, at: datetime, *, on_change: bool, periodic: bool) -> None:
        if periodic:
            self._custom.start(rule, None, at)
        if on_change:
            for item in tuple(self.store.recorded.values()):
                if rules.watches(rule.definition, item, self._judges.checks):
                    self._custom.start(rule, item, at)

    def _current(self, at: datetime, *, recorded: bool) -> list[Item]:
        """Every resource as it is recorded or as it is now, to be judged as of this moment."""
        if recorded:
            return [replace(item, captured_at=at) for item in self.store.recorded.values()]
        return [Item(key, resource, at) for key, resource in self._resources.refresh().items()]

    def _judge(self, rule: Rule, items: Iterable[Item]) -> None:
        now = self._now()
        judgement = judge(rule, items, self._judges, now)
        status = rule.status
        with self.store.lock:
            self.store.put_rows(judgement.rows)
            status.started = True
            status.problems = {k: v for k, v in status.problems.items() if k not in judgement.judged}
            status.problems |= judgement.problems
            if judgement.problems:
                status.evaluation_failed_at = status.invocation_failed_at = now
            if None in judgement.judged and not status.problems:
                status.evaluated_at = status.invoked_at = now

    def _schedule(self, rule: Rule) -> None:
        _, hours = self._triggers(rule)
        if hours is not None:
            self._schedule_at(rule, self._now() + timedelta(seconds=hours * self._pace.hour))

    def _schedule_at(self, rule: Rule, due_at: datetime) -> None:
        rule.due_at = due_at
        self._agenda.after((due_at - self._now()).total_seconds(), lambda: self._evaluate_again(rule))

    def _evaluate_again(self, rule: Rule) -> None:
        if self.store.rules.get(rule.name) is rule:
            self._evaluate(rule, self._now())
            self._schedule(rule)
