"""What the level may hold back: minimums of the stack and of its categories, and mode `improve`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from fitness.catalogue import Catalogue
from fitness.gate import Mode

from tests.unit.core.builders import catalogue, category, rule
from tests.unit.core.deciding import RULES, TOLERANT, decided, ruled, told

SIXTY = replace(TOLERANT, minimum=Fraction(60))
IMPROVE = replace(TOLERANT, mode=Mode.IMPROVE)
FAILS, WARNS = ["FAIL", "below_minimum"], ["WARN", "below_minimum"]

LEVELS = {
    "a first deployment under the minimum fails": (None, "kms: A+ B-", FAILS),
    "a first deployment at the minimum passes": (None, "kms: A+ B+ C+ D- E-", ["PASS"]),
    "a stack that stays under it is warned": ("kms: A+ B-", "kms: A+ B-", WARNS),
    "the fix itself is never held back": ("kms: A- B- C-", "kms: A+ B- C-", WARNS),
    "a stack under it must not get a new violation": ("kms: A+ B-", "kms: A+ B- C-", FAILS),
    "nor one together with a fix": ("kms: A- B- C-", "kms: A+ B- C- D-", FAILS),
    "a new violation that only reports holds nothing back": (
        "kms: A+ B- C-", "kms: A+ B- C- D+; audit: D-", WARNS,
    ),
    "a waived new violation neither": ("kms: A+ B-", "kms: A+ B- C-w", WARNS),
    "a good resource may go": ("kms: A+ B-", "kms: B-", WARNS),
    "a new rule may find what was there": ("logs: A+", "logs: A+; kms: A-", WARNS),
    "what rises over the minimum is clear": ("kms: A+ B-", "kms: A+ B+", ["PASS"]),
    "a new violation over the minimum passes": ("kms: A+ B+", "kms: A+ B+ C-", ["PASS"]),
}  # fmt: skip


@pytest.mark.parametrize("mode", [Mode.NO_REGRESSION, Mode.THRESHOLD])
@pytest.mark.parametrize(("then", "now", "expected"), LEVELS.values(), ids=LEVELS)
def test_the_minimum(then: str | None, now: str, expected: list[str], mode: Mode) -> None:
    assert told(decided(then, now, ruled(replace(SIXTY, mode=mode)))) == expected


def test_allowed_regressions_do_not_excuse_the_level() -> None:
    lenient = ruled(replace(SIXTY, allowed_regressions={"high": 1}))
    assert told(decided("kms: A+ B+ C-", "kms: A- B+ C-", lenient)) == FAILS
    assert told(decided("kms: A+ B+ C+", "kms: A- B+ C+", lenient)) == ["PASS"]


def test_mode_threshold_fails_a_regression_by_its_level() -> None:
    threshold = ruled(replace(SIXTY, mode=Mode.THRESHOLD))
    assert told(decided("kms: A+ B+", "kms: A- B+", threshold)) == FAILS


def floored(minimum: int) -> Catalogue:
    """Reliability (the rule `logs`) has a floor."""
    return catalogue(*RULES, categories=[category("reliability", minimum=minimum)], gate=TOLERANT)


CATEGORIES = {
    "a first deployment under the category's minimum fails": (None, "kms: A+; logs: A-", FAILS),
    "a stack that stays under it is warned": ("kms: A+; logs: A-", "kms: A+; logs: A-", WARNS),
    "a new violation in another category fails": ("kms: A+; logs: A-", "kms: A+ B-; logs: A-", FAILS),
    "a category at its minimum passes": (None, "kms: A+; logs: A+ B-", ["PASS"]),
    "a category of which nothing is known passes": (None, "kms: A+", ["PASS"]),
}


@pytest.mark.parametrize(("then", "now", "expected"), CATEGORIES.values(), ids=CATEGORIES)
def test_the_minimum_of_a_category(then: str | None, now: str, expected: list[str]) -> None:
    assert told(decided(then, now, floored(50))) == expected


def test_the_sentence_names_level_and_minimum() -> None:
    assert decided(None, "kms: A+ B-", ruled(SIXTY)).sentence == "The fitness is 50, under the minimum of 60."
    sentence = "Reliability is at 0, under its minimum of 50."
    assert decided(None, "kms: A+; logs: A-", floored(50)).sentence == sentence


def test_a_level_just_under_the_minimum_does_not_read_as_the_minimum() -> None:
    almost = catalogue(rule("kms", "59.99"), rule("logs", "40.01"), gate=SIXTY)
    sentence = decided(None, "kms: A+; logs: A-", almost).sentence
    assert sentence == "The fitness is 59.9, under the minimum of 60."


HOLDS = ["FAIL", "not_improving"]
# Each starts from a fitness of 50, the target being 90.
IMPROVEMENTS = {
    "a change that gains nothing fails": ("kms: A+ B-", "A", HOLDS),
    "a change that gains passes": ("kms: A+ B+", "A", ["PASS"]),
    "new code alone passes": ("kms: A+ B-", "", ["PASS"]),
    "an added resource must come with a gain": ("kms: A+ B- C+", "", HOLDS),
    "an added resource with a gain passes": ("kms: A+ B+ C-", "", ["PASS"]),
    "a removed violation that lifts the stack over the target passes": ("kms: A+", "", ["PASS"]),
    "a resource that no rule judges counts too": ("kms: A+ B-", "Queue", HOLDS),
    "a regression is told first": ("kms: A- B-", "A", ["FAIL", "regression kms A", "not_improving"]),
}


@pytest.mark.parametrize(("now", "touched", "expected"), IMPROVEMENTS.values(), ids=IMPROVEMENTS)
def test_mode_improve_below_the_target(now: str, touched: str, expected: list[str]) -> None:
    assert told(decided("kms: A+ B-", now, ruled(IMPROVE), touched)) == expected


def test_a_removed_resource_must_come_with_a_gain_elsewhere() -> None:
    assert told(decided("kms: A+ B- C-", "kms: A+ B-", ruled(IMPROVE))) == HOLDS
    assert told(decided("kms: A+ B- C- D-", "kms: A+ B+ C-", ruled(IMPROVE))) == ["PASS"]


def test_a_perfect_stack_can_still_be_deployed_in_mode_improve() -> None:
    assert told(decided("kms: A+ B+", "kms: A+ B+ C+", ruled(IMPROVE), "A B")) == ["PASS"]


def test_a_stack_at_the_target_may_stay_there() -> None:
    nine_of_ten = "kms: " + " ".join(f"R{number}{'-' if number == 0 else '+'}" for number in range(10))
    assert told(decided(nine_of_ten, nine_of_ten, ruled(IMPROVE), "R1")) == ["PASS"]


def test_a_first_deployment_has_nothing_to_improve_on() -> None:
    assert told(decided(None, "kms: A+ B-", ruled(IMPROVE), "A")) == ["PASS"]


# `kms` weighs 1 of 1000, so that fixing its only resource gains exactly 0.1
TINY = (rule("kms", 1), rule("logs", 999))


@pytest.mark.parametrize(("demanded", "outcome"), [("0.1", "PASS"), ("0.1001", "FAIL")])
def test_the_gain_must_reach_the_minimum_improvement(demanded: str, outcome: str) -> None:
    strict = catalogue(*TINY, gate=replace(IMPROVE, minimum_improvement=Fraction(demanded)))
    verdict = decided("kms: A-; logs: A+ B-", "kms: A+; logs: A+ B-", strict, "A")
    assert verdict.outcome == outcome


def test_the_sentence_names_the_gain_and_what_it_must_be() -> None:
    assert decided("kms: A+ B-", "kms: A+ B- C+", ruled(IMPROVE)).sentence == (
        "The architecture changed by +0 points, and below the target of 90 it must gain at least 0.1."
    )
