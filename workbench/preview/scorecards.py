"""From offline findings to a scorecard, by the functions that score and judge a deployed stack.

Owns `make` and the one difference to a deployed stack: a custom rule cannot be judged offline, so its pairs are listed
and decide nothing, unless only they could keep the stack from failing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.judgement import judge
from fitness.model import Cause, ConfigRule, Enforcement, Evaluation, Outcome, Pair, Resource, Status
from fitness.pairs import judge_pairs
from fitness.rule import Rule
from fitness.scorecard import Scorecard
from fitness.snapshot import Snapshot
from fitness.verdict import decide

from workbench.managed_rules import Verdict
from workbench.preview.findings import PlacedFinding
from workbench.templates.stand_ins import Home

_STATUSES: Mapping[Verdict, Status] = {
    Verdict.COMPLIANT: Status.COMPLIANT,
    Verdict.NON_COMPLIANT: Status.NON_COMPLIANT,
    Verdict.NOT_APPLICABLE: Status.NOT_APPLICABLE,
    Verdict.UNKNOWN: Status.INSUFFICIENT_DATA,
}


def make(
    catalogue: Catalogue,
    home: Home,
    resources: Sequence[Resource],
    findings: Iterable[PlacedFinding],
    *,
    taken_at: datetime,
    baseline: Baseline | None = None,
) -> Scorecard:
    """The scorecard of a stack that would be in this state at `taken_at`."""
    snapshot = _snapshot(catalogue, home, resources, findings, taken_at)
    offline = replace(catalogue, rules={key: _offline(rule) for key, rule in catalogue.rules.items()})
    card = _judged(offline, snapshot, baseline)
    if card.verdict.outcome is not Outcome.FAIL:
        return card
    undecided = _judged(catalogue, snapshot, baseline)
    return card if undecided.verdict.outcome is Outcome.FAIL else undecided


def _snapshot(
    catalogue: Catalogue,
    home: Home,
    resources: Sequence[Resource],
    findings: Iterable[PlacedFinding],
    taken_at: datetime,
) -> Snapshot:
    return Snapshot(
        stack=home.stack,
        stack_id=home.stack_id,
        account=home.account,
        region=home.region,
        taken_at=taken_at,
        stack_updated_at=None,
        resources=tuple(resources),
        config_rules=tuple(
            ConfigRule(rule.id, rule.logical_id, taken_at, first_evaluation_started=True)
            for rule in catalogue.rules.values()
        ),
        evaluations=tuple(_row(finding, taken_at) for finding in findings),
    )


def _judged(catalogue: Catalogue, snapshot: Snapshot, baseline: Baseline | None) -> Scorecard:
    pairs = [_with_cause(pair) for pair in judge_pairs(catalogue, snapshot)]
    judgement = judge(catalogue, snapshot.resources, pairs, baseline)
    return Scorecard(snapshot, judgement, decide(judgement, snapshot.taken_at.astimezone(UTC).date()))


def _offline(rule: Rule) -> Rule:
    decides = rule.managed is not None or rule.enforcement is Enforcement.OFF
    return rule if decides else replace(rule, enforcement=Enforcement.REPORT)


def _row(found: PlacedFinding, at: datetime) -> Evaluation:
    return Evaluation(
        resource=found.resource,
        config_rule=found.rule,
        compliance=_STATUSES[found.finding.verdict],
        mode="DETECTIVE",
        ordering_at=at,
        invoked_at=at,
        recorded_at=None,
        annotation=found.finding.message,
    )


def _with_cause(pair: Pair) -> Pair:
    return replace(pair, cause=Cause.UNRESOLVED) if pair.status is Status.INSUFFICIENT_DATA else pair
