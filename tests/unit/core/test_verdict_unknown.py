"""What is unknown is neither pass nor fail: the verdict is the same in the best and the worst case, or inconclusive."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from fitness.gate import Gate, GateEnforcement, Mode, OnInconclusive
from fitness.model import Cause, Outcome
from fitness.verdict import Verdict, decide, may_go_on

from tests.unit.core.builders import NOW, catalogue, rule
from tests.unit.core.deciding import KMS, PUBLIC, TOLERANT, decided, judged, ruled, told

UNDECIDED = {
    "a pair that was compliant could have regressed": (
        "kms: A+ B+", "kms: A? B+", ["INCONCLUSIVE", "undecided kms A"],
    ),
    "a pair that was a violation could not": ("kms: A- B+", "kms: A? B+", ["PASS"]),
    "a pair on a new resource could not": ("kms: A+", "kms: A+ B?", ["PASS"]),
    "unless its rule is blocking": ("public: A+", "public: A+ B?", ["INCONCLUSIVE", "undecided public B"]),
    "also without a baseline": (None, "public: A? B+", ["INCONCLUSIVE", "undecided public A"]),
    "only pairs that could decide are named": (
        "kms: A+ B+", "kms: A? B+ New?", ["INCONCLUSIVE", "undecided kms A"],
    ),
    "a waived pair could not decide": ("kms: A+ B+", "kms: A?w B+", ["PASS"]),
    "a pair of a rule that reports could not": ("audit: A+; kms: A+", "audit: A?; kms: A+", ["PASS"]),
    "a failure that is certain stays one": (
        "kms: A+ B+", "kms: A? B-", ["FAIL", "regression kms B"],
    ),
    "even if almost nothing else is known": (
        "public: A+; kms: A+ B+ C+", "public: A-; kms: A? B? C?",
        ["FAIL", "blocking_violation public A", "regression public A"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("then", "now", "expected"), UNDECIDED.values(), ids=UNDECIDED)
def test_an_unknown_pair(then: str | None, now: str, expected: list[str]) -> None:
    assert told(decided(then, now)) == expected


def test_a_blocking_rule_that_weighs_nothing_can_leave_the_verdict_open() -> None:
    light = catalogue(replace(PUBLIC, weight=Fraction(0)), KMS, gate=TOLERANT)
    assert told(decided(None, "public: A?; kms: A+", light)) == ["INCONCLUSIVE", "undecided public A"]


SIXTY = ruled(replace(TOLERANT, minimum=Fraction(60)))
LEVELS = {
    # 2 of 4 known compliant; 2 to 4 of 6 at the end
    "over it in the best case, under it in the worst": (
        "kms: A+ B? C-", ["INCONCLUSIVE", "undecided kms B"],
    ),
    "under it in the best case": ("kms: A+ B? C- D-", ["FAIL", "below_minimum"]),
    "over it in the worst case": ("kms: A+ B+ C+ D?", ["PASS"]),
    "each unknown pair that could matter is named": (
        "kms: A+ B? C?", ["INCONCLUSIVE", "undecided kms B", "undecided kms C"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("now", "expected"), LEVELS.values(), ids=LEVELS)
def test_the_level_of_a_first_deployment_is(now: str, expected: list[str]) -> None:
    assert told(decided(None, now, SIXTY)) == expected


def test_unknown_pairs_can_leave_an_improvement_open() -> None:
    improve = ruled(replace(TOLERANT, mode=Mode.IMPROVE))
    verdict = decided("kms: A- B+ C-", "kms: A? B+ C-", improve, "A")
    assert told(verdict) == ["INCONCLUSIVE", "undecided kms A"]


def test_what_fails_whatever_the_unknown_turns_out_to_be_fails_though_what_is_known_would_pass() -> None:
    # Fixing `kms` on A gains 0.1 of what is known, and half of that at best once D is known too.
    known = catalogue(rule("kms", 1), rule("logs", 999), gate=replace(TOLERANT, mode=Mode.IMPROVE))
    verdict = decided("kms: A- D+; logs: C-", "kms: A+ D?; logs: C-", known, "A")
    assert told(verdict) == ["FAIL", "not_improving"]


# `kms` weighs 89 or 90 of 100, and `logs` is unknown.
@pytest.mark.parametrize(
    ("weight", "expected"), [(90, ["PASS"]), (89, ["INCONCLUSIVE", "low_coverage"])], ids=["at", "under"]
)
def test_the_minimum_of_the_coverage(weight: int, expected: list[str]) -> None:
    demanding = replace(TOLERANT, coverage_minimum=Fraction(90))
    known = catalogue(rule("kms", weight), rule("logs", 100 - weight), gate=demanding)
    assert told(decided("kms: A+", "kms: A+; logs: A?", known)) == expected


def test_low_coverage_does_not_hide_a_failure() -> None:
    demanding = ruled(replace(TOLERANT, coverage_minimum=Fraction(90)))
    assert told(decided("kms: A+ B+", "kms: A- B?", demanding)) == ["FAIL", "regression kms A"]


def test_pairs_of_which_nothing_is_known_are_inconclusive_whatever_coverage_is_demanded() -> None:
    assert told(decided("kms: A-", "kms: A? B?")) == ["INCONCLUSIVE", "nothing_known"]


def test_the_sentences_say_how_little_is_known() -> None:
    assert decided("kms: A-", "kms: A? B?").sentence == (
        "Nothing is known of any of the 2 pairs that should be judged: of 2 pairs, Config returned no row for it."
    )
    demanding = ruled(replace(TOLERANT, coverage_minimum=Fraction("66.7")))
    assert decided("kms: A+ B+ C-", "kms: A+ B+ C?", demanding).sentence == (
        "Only 66.6 % of the weight could be judged, under the minimum of 66.7 %: "
        "of 1 pair, Config returned no row for it."
    )


def test_a_pair_that_could_decide_is_worse_than_the_share_that_is_unknown() -> None:
    demanding = ruled(replace(TOLERANT, coverage_minimum=Fraction(90)))
    told_first = told(decided("kms: A+ B+", "kms: A? B+", demanding))
    assert told_first == ["INCONCLUSIVE", "undecided kms A", "low_coverage"]


def test_an_open_verdict_repeats_what_config_says_of_a_rule_that_fails() -> None:
    found = judged(None, "public: A?", ruled())
    said = "The required parameter [runtime] is\nnot present."
    failing = tuple(replace(pair, cause=Cause.RULE_FAILING, detail=said) for pair in found.pairs)
    (sentence,) = {each.message for each in decide(replace(found, pairs=failing), NOW.date()).reasons if each.rule}
    assert sentence == (
        "Whether A complies with public could decide, and its Config rule fails to evaluate "
        "(The required parameter [runtime] is not present)."
    )


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


@pytest.mark.parametrize("cause", Cause)
def test_an_open_verdict_says_why_the_pair_is_unknown(cause: Cause) -> None:
    found = judged(None, "public: A?", ruled())
    unknown = replace(found, pairs=tuple(replace(pair, cause=cause) for pair in found.pairs))
    sentences = [reason.message for reason in decide(unknown, NOW.date()).reasons]
    assert f"Whether A complies with public could decide, and {CAUSES[cause]}." in sentences


REPORT, PASS = GateEnforcement.REPORT, OnInconclusive.PASS
ANSWERS = {
    "PASS goes on": (Outcome.PASS, Gate(), True),
    "WARN goes on": (Outcome.WARN, Gate(), True),
    "FAIL does not": (Outcome.FAIL, Gate(), False),
    "INCONCLUSIVE does not by default": (Outcome.INCONCLUSIVE, Gate(), False),
    "INCONCLUSIVE goes on if asked": (Outcome.INCONCLUSIVE, Gate(on_inconclusive=PASS), True),
    "FAIL does not even then": (Outcome.FAIL, Gate(on_inconclusive=PASS), False),
    "FAIL goes on if only reported": (Outcome.FAIL, Gate(enforcement=REPORT), True),
    "INCONCLUSIVE goes on if only reported": (Outcome.INCONCLUSIVE, Gate(enforcement=REPORT), True),
}


@pytest.mark.parametrize(("outcome", "gate", "goes_on"), ANSWERS.values(), ids=ANSWERS)
def test_whether_a_deployment_goes_on(outcome: Outcome, gate: Gate, *, goes_on: bool) -> None:
    assert may_go_on(Verdict(outcome, ()), gate) is goes_on
