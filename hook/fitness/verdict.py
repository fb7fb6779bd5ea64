"""The decision: PASS, WARN, FAIL or INCONCLUSIVE, with reasons.

Owns `decide`, the one verdict function. A level alone is a bad gate (making one bucket public while adding ten good
ones raises every average), so pairs are compared with the baseline and the level is context. What is unknown is
neither pass nor fail: the verdict must be the same in the best and in the worst case, or it is INCONCLUSIVE.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fitness.cautions import cautions
from fitness.failures import failures
from fitness.gate import Gate, GateEnforcement, OnInconclusive
from fitness.judgement import Judgement
from fitness.model import Cause, Outcome, Pair, Status
from fitness.reason import Reason, figure, limit, plural

_LONGEST_DETAIL, _CAUSES_TOLD = 300, 3


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
    undecided = [*_nothing_known(judgement), *_undecided(judgement, possible), *_low_coverage(judgement)]
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
        sentence = f"Nothing is known of any of the {number} that should be judged: {_causes(judgement)}."
        yield Reason("nothing_known", sentence)


def _low_coverage(judgement: Judgement) -> Iterator[Reason]:
    coverage, minimum = judgement.score.total.coverage, judgement.catalogue.gate.coverage_minimum
    if coverage is not None and coverage < minimum:
        known = f"Only {figure(coverage)} % of the weight could be judged, under the minimum of {limit(minimum)} %"
        yield Reason("low_coverage", f"{known}: {_causes(judgement)}.")


def _undecided(judgement: Judgement, possible: Sequence[Reason]) -> Iterator[Reason]:
    """The unknown pairs that would fail the change; all of them where only together they could."""
    named = {(reason.rule, reason.resource) for reason in possible}
    decisive = [pair for pair in judgement.unknown if pair.key in named]
    for pair in (decisive or judgement.unknown) if possible else ():
        message = f"Whether {pair.resource} complies with {pair.rule} could decide, and {_why(pair)}."
        yield Reason("undecided", message, pair.rule, pair.resource)


def _causes(judgement: Judgement) -> str:
    """Why pairs are unknown, the cause of most of them first: `of 2 pairs, Config returned no row for it`."""
    number = Counter(_why(pair) for pair in judgement.unknown)
    return "; ".join(f"of {plural(pairs, 'pair')}, {why}" for why, pairs in number.most_common(_CAUSES_TOLD))


def _why(pair: Pair) -> str:
    """The cause, with what AWS itself said of it."""
    why = CAUSES[pair.cause or Cause.NO_ROW]
    said = " ".join((pair.detail or "").split()).rstrip(".")
    return f"{why} ({said[:_LONGEST_DETAIL]})" if said else why


CAUSES = {
    Cause.STALE: "Config has not judged it since it changed",
    Cause.RULE_MISSING: "no Config rule evaluates it",
    Cause.NOT_EVALUATED: "its Config rule has never been evaluated",
    Cause.RULE_FAILING: "its Config rule fails to evaluate",
    Cause.DENIED: "reading its compliance was denied",
    Cause.ERROR: "reading its compliance failed",
    Cause.NOT_RECORDED: "Config has not recorded it",
    Cause.NO_ROW: "Config returned no row for it",
    Cause.UNRESOLVED: "it is not known before deployment",
}
