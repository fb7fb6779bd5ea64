"""The decision: PASS, WARN, FAIL or INCONCLUSIVE, with reasons.

Owns `decide`, the one verdict function. A level alone is a bad gate (making one bucket public while adding ten good
ones raises every average), so pairs are compared with the baseline and the level is context. What is unknown is
neither pass nor fail: the verdict must be the same in the best and in the worst case, or it is INCONCLUSIVE.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fitness.cautions import cautions
from fitness.failures import failures
from fitness.gate import Gate, GateEnforcement, OnInconclusive
from fitness.judgement import Judgement
from fitness.model import Cause, Outcome, Status
from fitness.reason import Reason, figure, limit, plural


@dataclass(frozen=True)
class Verdict:
    """The outcome and its reasons, worst first."""

    outcome: Outcome
    reasons: tuple[Reason, ...]

    @property
    def sentence(self) -> str:
        """The worst reason in one sentence."""
        if self.reasons:
            return self.reasons[0].message
        return "Nothing got worse and nothing is in the way."


def decide(judgement: Judgement, today: date) -> Verdict:
    """The verdict on a judgement; `today` (UTC) tells which waivers have expired."""
    warnings = cautions(judgement, today)
    certain = failures(judgement.assuming(Status.COMPLIANT))
    if certain:
        return Verdict(Outcome.FAIL, (*(failures(judgement) or certain), *warnings))
    possible = failures(judgement.assuming(Status.NON_COMPLIANT))
    undecided = [*_nothing_known(judgement), *_low_coverage(judgement), *_undecided(judgement, possible)]
    if undecided:
        return Verdict(Outcome.INCONCLUSIVE, (*undecided, *warnings))
    return Verdict(Outcome.WARN if warnings else Outcome.PASS, tuple(warnings))


def may_go_on(verdict: Verdict, gate: Gate) -> bool:
    """Whether the gate lets a deployment with this verdict go on."""
    if gate.enforcement is GateEnforcement.REPORT:
        return True
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return gate.on_inconclusive is OnInconclusive.PASS
    return verdict.outcome is not Outcome.FAIL


def _nothing_known(judgement: Judgement) -> Iterator[Reason]:
    if judgement.score.total.coverage == 0:
        number = plural(len(judgement.unknown), "pair")
        yield Reason("nothing_known", f"Nothing is known of any of the {number} that should be judged.")


def _low_coverage(judgement: Judgement) -> Iterator[Reason]:
    coverage, minimum = judgement.score.total.coverage, judgement.catalogue.gate.coverage_minimum
    if coverage is not None and coverage < minimum:
        sentence = f"Only {figure(coverage)} % of the weight could be judged, under the minimum of {limit(minimum)} %."
        yield Reason("low_coverage", sentence)


def _undecided(judgement: Judgement, possible: Sequence[Reason]) -> Iterator[Reason]:
    """The unknown pairs that would fail the change; all of them where only together they could."""
    named = {(reason.rule, reason.resource) for reason in possible}
    decisive = [pair for pair in judgement.unknown if pair.key in named]
    for pair in (decisive or judgement.unknown) if possible else ():
        why = CAUSES[pair.cause or Cause.NO_ROW]
        message = f"Whether {pair.resource} complies with {pair.rule} could decide, and {why}."
        yield Reason("undecided", message, pair.rule, pair.resource)


CAUSES = {
    Cause.STALE: "Config has not judged it since it changed",
    Cause.RULE_MISSING: "no Config rule evaluates it",
    Cause.NOT_EVALUATED: "its Config rule has never been evaluated",
    Cause.RULE_FAILING: "its Config rule fails to evaluate",
    Cause.DENIED: "reading its compliance was denied",
    Cause.ERROR: "reading its compliance failed",
    Cause.NO_ROW: "Config returned no row for it",
    Cause.UNRESOLVED: "it is not known before deployment",
}
