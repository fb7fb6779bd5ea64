"""Waiting until Config has judged what the deployment changed.

Owns what is waited for, how often Config is asked, and when waiting ends. Only resources that changed, or that may
have changed, are read again.
Periodic rules are started; change-triggered ones never are, because Config would judge the recorded, old state again
and stamp it as new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from fitness.aws import NAMES_PER_CALL
from fitness.baseline import Baseline
from fitness.doubts import Doubt, doubts
from fitness.judgement import judge
from fitness.model import Cause, Pair
from fitness.pairs import judge_pairs, speaks_for
from fitness.reader import Reader
from fitness.reason import plural
from fitness.snapshot import Snapshot

Sleep = Callable[[float], None]
Report = Callable[[str], None]
_MAY_STILL_COME = frozenset(Cause) - {Cause.RULE_MISSING, Cause.DENIED, Cause.UNRESOLVED}
_FIRST_PAUSE, _LONGEST_PAUSE, _GROWTH = 1.0, 20.0, 1.5
# Config refuses a second start within a minute.
_BETWEEN_STARTS = timedelta(minutes=1)


@dataclass
class Patience:
    """One wait for one update: until everything is judged and `settle` has passed quietly, or until `deadline`."""

    reader: Reader
    baseline: Baseline | None
    deadline: datetime
    sleep: Sleep
    report: Report
    rolled_back: bool = False
    _started: set[str] = field(default_factory=set)
    _doubts: Sequence[Doubt] = ()
    _last_start: datetime | None = None

    def until_evaluated(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot, read again until Config has judged what changed or the deadline has come."""
        begun, pause = self._now(), _FIRST_PAUSE
        follow_changes = {rule.name for rule in snapshot.config_rules} - self.reader.periodic(snapshot.config_rules)
        self._doubts = doubts(snapshot, self.baseline, follow_changes, rolled_back=self.rolled_back)
        while (awaited := self._awaited(snapshot)) or self._doubted(snapshot) or self._unsettled(snapshot):
            left = (self.deadline - self._now()).total_seconds()
            if left <= 0:
                break
            self._start_periodic_rules(snapshot, awaited)
            self.report(f"waiting for {self._progress(snapshot, awaited)}, {self._spent(begun)}")
            self.sleep(min(pause, left))
            pause = min(pause * _GROWTH, _LONGEST_PAUSE)
            snapshot = self.reader.refresh(snapshot, self._watched(snapshot))
        return snapshot

    def _now(self) -> datetime:
        return self.reader.clock()

    @property
    def _settle(self) -> timedelta:
        return timedelta(seconds=self.reader.catalogue.gate.settle)

    def _awaited(self, snapshot: Snapshot) -> Sequence[Pair]:
        catalogue, changed = self.reader.catalogue, _changed(snapshot)
        pairs = judge_pairs(catalogue, snapshot, self.baseline)
        unknown = judge(catalogue, snapshot.resources, pairs, self.baseline).unknown
        return [pair for pair in unknown if pair.resource in changed and pair.cause in _MAY_STILL_COME]

    def _doubted(self, snapshot: Snapshot) -> Sequence[str]:
        remaining = (doubt.path for doubt in self._doubts if doubt.remains(snapshot, self._now(), self._settle))
        return list(dict.fromkeys(remaining))

    def _watched(self, snapshot: Snapshot) -> Mapping[str, datetime]:
        """When each resource changed, or may have, that is read again."""
        return {**{doubt.path: doubt.changed_at for doubt in self._doubts}, **_changed(snapshot)}

    def _unsettled(self, snapshot: Snapshot) -> bool:
        """Whether something moved within `settle`: a row that came, or a change that may still bring one.

        A change counts, because a rule that has just judged another resource looks as if it had nothing to say of
        this one.
        """
        changed = self._watched(snapshot)
        judged = {pair.resource for pair in judge_pairs(self.reader.catalogue, snapshot, self.baseline)}
        rows = [row.recorded_at for row in snapshot.evaluations if row.resource in changed]
        changes = [moment for path, moment in changed.items() if path in judged]
        newest = max((moment for moment in (*rows, *changes) if moment), default=None)
        return newest is not None and self._now() - newest < self._settle

    def _start_periodic_rules(self, snapshot: Snapshot, awaited: Sequence[Pair]) -> None:
        due = self._last_start is None or self._now() - self._last_start >= _BETWEEN_STARTS
        names = self._periodic(snapshot, awaited)[:NAMES_PER_CALL]
        if due and names and self.reader.aws.start_evaluation(names):
            self._last_start = self._now()
            self._started.update(names)

    def _periodic(self, snapshot: Snapshot, awaited: Sequence[Pair]) -> list[str]:
        """The stack's own periodic Config rules that are awaited and not started yet."""
        awaited_rules = {pair.rule for pair in awaited}
        periodic = [
            rule for rule in self.reader.catalogue.rules.values() if rule.frequency and rule.id in awaited_rules
        ]
        own = [candidate for candidate in snapshot.config_rules if candidate.path is not None]
        names = [found.name for found in own if any(speaks_for(rule, found) for rule in periodic)]
        return [name for name in names if name not in self._started]

    def _progress(self, snapshot: Snapshot, awaited: Sequence[Pair]) -> str:
        by_resource = groupby(sorted(pair.resource for pair in awaited))
        pairs = [f"{plural(len(list(group)), 'pair')} of {resource}" for resource, group in by_resource]
        doubted = [f"newer rows of {path}, which may have changed" for path in self._doubted(snapshot)]
        return ", ".join([*pairs, *doubted]) or "Config to settle"

    def _spent(self, begun: datetime) -> str:
        return f"{(self._now() - begun).total_seconds():.0f} s of {(self.deadline - begun).total_seconds():.0f} s"


def _changed(snapshot: Snapshot) -> Mapping[str, datetime]:
    """When each resource changed that did, by logical path."""
    moments = {resource.path: snapshot.changed_at(resource) for resource in snapshot.resources}
    return {path: moment for path, moment in moments.items() if moment}
