"""What holds no change back but should be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fitness.catalogue import Catalogue
from fitness.gate import Waiver
from fitness.judgement import judge
from fitness.verdict import Verdict, decide

from tests.unit.core.builders import NOW, baseline, catalogue, pairs, resources, waiver
from tests.unit.core.deciding import RULES, TOLERANT, decided, told

TODAY = NOW.date()
YESTERDAY, IN_14_DAYS, IN_15_DAYS = date(2026, 11, 21), date(2026, 12, 6), date(2026, 12, 7)


def test_a_change_with_nothing_to_say_passes() -> None:
    verdict = decided("kms: A+", "kms: A+")
    assert told(verdict) == ["PASS"]
    assert verdict.sentence == "Nothing got worse and nothing is in the way."


WAIVERS = {
    "in use is silent": (waiver("kms", "A"), []),
    "by a pattern is silent": (waiver("kms", "*"), []),
    "in use on something unknown is silent": (waiver("kms", "U"), []),
    "that expired": (waiver("kms", "A", expires=YESTERDAY), ["waiver_expired kms A"]),
    "on its last day": (waiver("kms", "A", expires=TODAY), ["waiver_expiring kms A"]),
    "with fourteen days left": (waiver("kms", "A", expires=IN_14_DAYS), ["waiver_expiring kms A"]),
    "with fifteen days left is silent": (waiver("kms", "A", expires=IN_15_DAYS), []),
    "of what is compliant": (waiver("kms", "B"), ["waiver_unused kms B"]),
    "of what is not applicable": (waiver("kms", "N"), ["waiver_unused kms N"]),
    "that waives one violation among others is silent": (waiver("kms", "A", "B", "N"), []),
    "of an unknown resource": (waiver("kms", "Gone"), ["waiver_dangling kms Gone"]),
    "of an unknown rule": (waiver("kmz", "A"), ["waiver_dangling kmz A"]),
    "of a rule without pairs": (waiver("logs", "A", "B"), ["waiver_dangling logs A, B"]),
}


@pytest.mark.parametrize(("waiver", "expected"), WAIVERS.values(), ids=WAIVERS)
def test_a_waiver(waiver: Waiver, expected: list[str]) -> None:
    found = decided("kms: A- B+ U-", "kms: A- B+ N/ U?", waiving(waiver))
    assert told(found) == ["WARN" if expected else "PASS", *expected]


def waiving(*waivers: Waiver) -> Catalogue:
    return catalogue(*RULES, gate=TOLERANT, waivers=waivers)


def test_waivers_that_expire_or_are_useless_say_so() -> None:
    late = waiver("kms", "A", expires=YESTERDAY)
    useless = waiver("kms", "B")
    assert [reason.message for reason in decided("kms: A- B+", "kms: A- B+", waiving(late, useless)).reasons] == [
        "The waiver of kms for A expired on 2026-11-21 and no longer applies.",
        "The waiver of kms for B waives no violation; remove it.",
    ]


def carrying(now: str, then: str, *carried: str) -> Verdict:
    found = tuple(replace(pair, carried=pair.resource in carried) for pair in pairs(now))
    return decide(judge(catalogue(*RULES, gate=TOLERANT), resources("AB"), found, baseline(then)), TODAY)


def test_a_carried_pair_is_a_warning() -> None:
    verdict = carrying("kms: A+ B-", "kms: A+ B-", "A")
    assert told(verdict) == ["WARN", "carried kms A"]
    assert verdict.sentence == "Config returned no row for kms on A; the baseline's status is carried."


LOST = {
    "is gone from the catalogue": ("queue: A+; kms: A+", "kms: A+", ["WARN", "rule_lost queue"]),
    "does not apply anywhere any more": ("logs: A-; kms: A+", "logs: A/; kms: A+", ["WARN", "rule_lost logs"]),
    "judges another resource is silent": ("logs: A-; kms: A+", "logs: A/ B+; kms: A+", ["PASS"]),
    "is only unknown is silent": ("logs: A-; kms: A+", "logs: A?; kms: A+", ["PASS"]),
    "judged only what is gone is silent": ("logs: Gone-; kms: A+", "kms: A+", ["PASS"]),
    "judged nothing then is silent": ("logs: A/; kms: A+", "kms: A+", ["PASS"]),
}


@pytest.mark.parametrize(("then", "now", "expected"), LOST.values(), ids=LOST)
def test_a_rule_that(then: str, now: str, expected: list[str]) -> None:
    assert told(decided(then, now)) == expected


NOTHING = {
    "no pair": "",
    "nothing applicable": "kms: A/",
    "everything waived": "kms: A-w",
    "only rules that report": "audit: A-",
}


@pytest.mark.parametrize("now", NOTHING.values(), ids=NOTHING)
def test_nothing_to_score_is_a_warning(now: str) -> None:
    assert told(decided(None, now)) == ["WARN", "nothing_to_score"]


def test_a_failure_comes_before_the_warnings() -> None:
    verdict = decided("kms: A+; public: A-", "kms: A-; public: A-", waiving(waiver("kms", "Gone")))
    warnings = ["standing_blocking_violation public A", "waiver_dangling kms Gone"]
    assert told(verdict) == ["FAIL", "regression kms A", *warnings]


def test_an_open_verdict_comes_before_the_warnings() -> None:
    verdict = decided("kms: A+; public: A-", "kms: A?; public: A-")
    assert told(verdict) == ["INCONCLUSIVE", "undecided kms A", "standing_blocking_violation public A"]
