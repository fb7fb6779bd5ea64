"""What a change may break: blocking violations, regressions and their allowances, pair by pair."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from fitness.gate import Mode

from tests.unit.core.builders import catalogue, scored
from tests.unit.core.deciding import KMS, PUBLIC, RULES, TOLERANT, decided, ruled, told

BLOCKING = {
    "a first deployment may not violate a blocking rule": (
        None, "public: A- B+", ["FAIL", "blocking_violation public A"],
    ),
    "a regression under a blocking rule fails twice over": (
        "public: A+ B+", "public: A- B+", ["FAIL", "blocking_violation public A", "regression public A"],
    ),
    "a new resource may not violate a blocking rule": (
        "public: A+", "public: A+ B-", ["FAIL", "blocking_violation public B"],
    ),
    "a violation that the baseline had does not block": (
        "public: A- B+", "public: A- B+", ["WARN", "standing_blocking_violation public A"],
    ),
    "nor does one that a new rule finds on a resource that was there": (
        "kms: A+", "kms: A+; public: A-", ["WARN", "standing_blocking_violation public A"],
    ),
    "nor one on a resource that was there and not judged": (
        "public: A/ B+", "public: A- B+", ["WARN", "standing_blocking_violation public A"],
    ),
    "a waived violation does not block": (None, "public: A-w B+", ["PASS"]),
    "a blocking rule that holds passes": (None, "public: A+ B+", ["PASS"]),
    "each resource is named": (
        None, "public: A- B-", ["FAIL", "blocking_violation public A", "blocking_violation public B"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("then", "now", "expected"), BLOCKING.values(), ids=BLOCKING)
def test_blocking(then: str | None, now: str, expected: list[str]) -> None:
    assert told(decided(then, now)) == expected


def test_a_blocking_rule_that_weighs_nothing_still_blocks() -> None:
    light = catalogue(replace(PUBLIC, weight=KMS.weight * 0), KMS, gate=TOLERANT)
    assert told(decided(None, "public: A-; kms: A+", light)) == ["FAIL", "blocking_violation public A"]


REGRESSIONS = {
    "one regression fails": ("kms: A+ B+", "kms: A- B+", ["FAIL", "regression kms A"]),
    "a fix does not make up for it": ("kms: A+ B-", "kms: A- B+", ["FAIL", "regression kms A"]),
    "a fix of a heavier rule neither": (
        "public: A-; logs: A+", "public: A+; logs: A-", ["FAIL", "regression logs A"],
    ),
    "a violation that stands passes": ("kms: A- B+", "kms: A- B+", ["PASS"]),
    "a violation on a new resource is no regression": ("kms: A+", "kms: A+ B-", ["PASS"]),
    "a violation of a new rule is no regression": ("kms: A+", "kms: A+; logs: A-", ["PASS"]),
    "what was unknown cannot regress": ("kms: A? B+", "kms: A- B+", ["PASS"]),
    "what does not apply any more has not regressed": ("kms: A+ B+", "kms: A/ B+", ["PASS"]),
    "the deletion of a bad resource passes": ("kms: A- B+", "kms: B+", ["PASS"]),
    "the deletion of a good resource passes": ("kms: A- B+", "kms: A-", ["PASS"]),
    "a waived regression passes": ("kms: A+ B+", "kms: A-w B+", ["PASS"]),
    "a rule that reports cannot fail": ("audit: A+; kms: A+", "audit: A-; kms: A+", ["PASS"]),
}  # fmt: skip


@pytest.mark.parametrize(("then", "now", "expected"), REGRESSIONS.values(), ids=REGRESSIONS)
def test_regressions(then: str, now: str, expected: list[str]) -> None:
    assert told(decided(then, now)) == expected


def test_a_rule_that_weighs_nothing_cannot_regress() -> None:
    light = catalogue(replace(KMS, weight=KMS.weight * 0), PUBLIC, gate=TOLERANT)
    assert told(decided("kms: A+; public: A+", "kms: A-; public: A+", light)) == ["PASS"]


ONE_HIGH = {"high": 1}
ALLOWANCES = {
    "as many as allowed pass": (ONE_HIGH, "kms: A+ B+ C+", "kms: A- B+ C+", ["PASS"]),
    "more than allowed fail, all of them named": (
        ONE_HIGH, "kms: A+ B+ C+", "kms: A- B- C+", ["FAIL", "regression kms A", "regression kms B"],
    ),
    "each severity has its own": (
        ONE_HIGH, "kms: A+ B+; logs: A+", "kms: A- B+; logs: A-", ["FAIL", "regression logs A"],
    ),
    "none is lent from another": ({"low": 5}, "kms: A+ B+", "kms: A- B+", ["FAIL", "regression kms A"]),
    "a blocking rule knows none": (
        {"critical": 9}, "public: A+ B+", "public: A- B+", ["FAIL", "blocking_violation public A"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("allowed", "then", "now", "expected"), ALLOWANCES.values(), ids=ALLOWANCES)
def test_allowed_regressions(allowed: dict[str, int], then: str, now: str, expected: list[str]) -> None:
    assert told(decided(then, now, ruled(replace(TOLERANT, allowed_regressions=allowed)))) == expected


def test_mode_threshold_minds_the_level_and_not_the_pairs() -> None:
    threshold = ruled(replace(TOLERANT, mode=Mode.THRESHOLD))
    assert told(decided("kms: A+ B+", "kms: A- B+", threshold)) == ["PASS"]
    blocked = ["FAIL", "blocking_violation public A"]
    assert told(decided("public: A+", "public: A-", threshold)) == blocked


def test_the_worst_regression_comes_first() -> None:
    verdict = decided("logs: A+; kms: A+", "logs: A-; kms: A-", catalogue(*reversed(RULES), gate=TOLERANT))
    assert told(verdict) == ["FAIL", "regression kms A", "regression logs A"]


TEN_GOOD = " ".join(f"New{number}+" for number in range(10))


def test_the_treacherous_change_raises_the_fitness_and_is_refused() -> None:
    then, now = "public: A+ B-; kms: A-", f"public: A- B- {TEN_GOOD}; kms: A- {TEN_GOOD}"
    assert fitness(now) > fitness(then)
    assert told(decided(then, now))[:3] == ["FAIL", "blocking_violation public A", "regression public A"]


def test_one_violation_fixed_and_another_introduced_is_refused_with_the_introduced_one_named() -> None:
    verdict = decided("public: A- B+", "public: A+ B-")
    assert told(verdict) == ["FAIL", "blocking_violation public B", "regression public B"]
    assert "B violates the blocking rule public" in verdict.sentence


def fitness(now: str) -> Fraction:
    found = scored(ruled(), now).total.fitness
    assert found is not None
    return found
