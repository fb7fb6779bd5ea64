"""From a snapshot to pairs: one status, with its cause, for every rule on every resource that it applies to.

Owns which pairs are expected (the catalogue and the stack say so, never what Config returned), which Config rule
speaks for a rule, and what a missing or old row means. Config does not keep NOT_APPLICABLE results, so a missing row
has to be read together with the state of the Config rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.gate import Waiver
from fitness.model import Cause, ConfigRule, Enforcement, Evaluation, Failure, Pair, Resource, Status
from fitness.rule import Rule
from fitness.snapshot import Snapshot

# Names that Security Hub and conformance packs give to their copies of a managed rule.
_FOREIGN_NAME = re.compile(r"securityhub-(?P<hub>.+)-[0-9a-zA-Z]+|(?P<pack>.+)-conformance-pack-[0-9a-zA-Z]+")
_BADNESS = (Status.NOT_APPLICABLE, Status.COMPLIANT, Status.INSUFFICIENT_DATA, Status.NON_COMPLIANT)
# Config itself never writes such a row, but a file may hold one: it says as much as none.
_CAUSE_OF_ROW = {Status.INSUFFICIENT_DATA: Cause.NO_ROW}
_NEVER = datetime.min.replace(tzinfo=UTC)


def expected(catalogue: Catalogue, resources: Sequence[Resource]) -> Iterable[tuple[Rule, Resource]]:
    """Every rule that is not off, with every resource that it applies to, in the order of the catalogue."""
    for rule in catalogue.rules.values():
        if rule.enforcement is not Enforcement.OFF:
            yield from ((rule, resource) for resource in resources if rule.applies_to(resource))


def judge_pairs(catalogue: Catalogue, snapshot: Snapshot, baseline: Baseline | None = None) -> tuple[Pair, ...]:
    """All expected pairs with their status, waivers in force at the time of the snapshot applied."""
    index, waivers = _Index(catalogue, snapshot), _in_force(catalogue, snapshot)
    resources = sorted(snapshot.resources, key=lambda resource: resource.path)
    pairs = (_judge(index, rule, resource, baseline) for rule, resource in expected(catalogue, resources))
    return tuple(_waived(waivers, pair) for pair in pairs)


def speaks_for(rule: Rule, config_rule: ConfigRule) -> bool:
    """Whether a Config rule evaluates a rule of the catalogue: by logical id, by `match`, or by a known name shape."""
    if config_rule.path is not None:
        return config_rule.path.rpartition("/")[2] == rule.logical_id
    if any(fnmatchcase(config_rule.name, pattern) for pattern in rule.match):
        return True
    shape = _FOREIGN_NAME.fullmatch(config_rule.name)
    return shape is not None and (shape["hub"] or shape["pack"]) in _names(rule)


def _names(rule: Rule) -> set[str]:
    return {rule.id, rule.managed.lower().replace("_", "-")} if rule.managed else {rule.id}


@dataclass(frozen=True)
class _Speakers:
    """The Config rules that speak for a rule: the stack's own, and those from elsewhere."""

    own: Sequence[ConfigRule]
    foreign: Sequence[ConfigRule]

    @property
    def speaking(self) -> Sequence[ConfigRule]:
        return self.own or self.foreign

    @property
    def last_error(self) -> str | None:
        """Config's own words on why one of them fails."""
        failing = (speaker for speaker in self.speaking if speaker.last_error_code)
        return next((speaker.last_error_message or speaker.last_error_code for speaker in failing), None)


class _Index:
    """A snapshot's facts by what they are looked up by."""

    def __init__(self, catalogue: Catalogue, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.changed_at = {resource.path: snapshot.changed_at(resource) for resource in snapshot.resources}
        self.failures = {failure.resource: failure for failure in snapshot.failures}
        self.unrecorded = frozenset(snapshot.unrecorded)
        self._rows: Mapping[tuple[str, str], list[Evaluation]] = defaultdict(list)
        for row in snapshot.evaluations:
            if row.mode != "PROACTIVE":
                self._rows[row.resource, row.config_rule].append(row)
        config_rules = _config_rules(snapshot)
        self.speakers = {key: _speakers(rule, config_rules) for key, rule in catalogue.rules.items()}

    def rows(self, resource: Resource, speakers: Sequence[ConfigRule]) -> Sequence[Evaluation]:
        return [row for speaker in speakers for row in self._rows.get((resource.path, speaker.name), ())]


def _config_rules(snapshot: Snapshot) -> Iterable[ConfigRule]:
    """Also those that are known from their rows alone."""
    listed = {rule.name: rule for rule in snapshot.config_rules}
    names = {row.config_rule for row in snapshot.evaluations} - listed.keys()
    return [*listed.values(), *(ConfigRule(name, None, first_evaluation_started=True) for name in sorted(names))]


def _speakers(rule: Rule, config_rules: Iterable[ConfigRule]) -> _Speakers:
    found = [config_rule for config_rule in config_rules if speaks_for(rule, config_rule)]
    own = [config_rule for config_rule in found if config_rule.path is not None]
    return _Speakers(own, foreign=[config_rule for config_rule in found if config_rule.path is None])


def _judge(index: _Index, rule: Rule, resource: Resource, baseline: Baseline | None) -> Pair:
    speakers = index.speakers[rule.id]
    rows = index.rows(resource, speakers.own) or index.rows(resource, speakers.foreign)
    changed_at = index.changed_at[resource.path]
    if rows:
        return _from_rows(index, rule, rows, changed_at)
    known = baseline.known(rule.id, resource.path) if baseline else None
    if baseline and known and not baseline.precedes(resource.path, changed_at or resource.updated_at):
        return Pair(rule.id, resource.path, known, carried=True)
    failure = index.failures.get(resource.path)
    cause = _cause(speakers.speaking, changed_at, failure)
    if cause in (None, Cause.NO_ROW) and not rule.frequency and resource.path in index.unrecorded:
        # A rule that follows changes has not met the resource: what it judged were others.
        cause = Cause.NOT_RECORDED
    if cause is None and not known:
        return Pair(rule.id, resource.path, Status.NOT_APPLICABLE)
    detail = failure.message if failure and cause is failure.cause else speakers.last_error
    return Pair(rule.id, resource.path, Status.INSUFFICIENT_DATA, cause=cause or Cause.NO_ROW, detail=detail)


def _from_rows(index: _Index, rule: Rule, rows: Sequence[Evaluation], changed_at: datetime | None) -> Pair:
    pair = max((_from_row(rule, row, index.snapshot, changed_at) for row in rows), key=_rank)
    return replace(pair, detail=index.speakers[rule.id].last_error) if pair.cause else pair


def _from_row(rule: Rule, row: Evaluation, snapshot: Snapshot, changed_at: datetime | None) -> Pair:
    updated_at = snapshot.stack_updated_at
    stale = changed_at is not None and updated_at is not None and (row.ordering_at or _NEVER) < updated_at
    return Pair(
        rule=rule.id,
        resource=row.resource,
        status=Status.INSUFFICIENT_DATA if stale else row.compliance,
        cause=Cause.STALE if stale else _CAUSE_OF_ROW.get(row.compliance),
        annotation=row.annotation,
        recorded_at=row.recorded_at,
    )


def _rank(pair: Pair) -> tuple[int, datetime, str]:
    """Worst first; what follows only makes the choice between equals independent of their order."""
    return _BADNESS.index(pair.status), pair.recorded_at or _NEVER, pair.annotation or ""


def _cause(speakers: Sequence[ConfigRule], changed_at: datetime | None, failure: Failure | None) -> Cause | None:
    """Why there is no row, or None if every Config rule has evaluated the resource as it is now."""
    if not speakers:
        return Cause.RULE_MISSING
    if any(not speaker.first_evaluation_started for speaker in speakers):
        return Cause.NOT_EVALUATED
    if any(speaker.last_error_code for speaker in speakers):
        return Cause.RULE_FAILING
    if failure:
        return failure.cause
    evaluated = all(
        speaker.last_successful_evaluation_at is not None
        and speaker.last_successful_evaluation_at >= (changed_at or _NEVER)
        for speaker in speakers
    )
    return None if evaluated else Cause.NO_ROW


def _in_force(catalogue: Catalogue, snapshot: Snapshot) -> Sequence[Waiver]:
    today = snapshot.taken_at.astimezone(UTC).date()
    return [waiver for waiver in catalogue.waivers if today <= waiver.expires]


def _waived(waivers: Sequence[Waiver], pair: Pair) -> Pair:
    covered = any(waiver.covers(pair.rule, pair.resource) for waiver in waivers)
    return replace(pair, waived=True) if covered else pair
