"""What changed since the baseline: lists of pairs, the like-for-like difference, and whether the architecture did."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from fitness.baseline import KnownResource
from fitness.comparison import Change, compare
from fitness.model import Pair, Resource

from tests.unit.core.builders import LAST_WEEK, baseline, catalogue, rule
from tests.unit.core.deciding import judged, ruled

THEN = "kms: Old+ Worse+ Better- Bad- Gone- Unsure+ Lost+ Waived+; logs: Old?"
NOW = "kms: Old+ Worse- Better+ Bad- Unsure? Lost/ Waived-w New- Fine+; logs: Old-"


def keys(found: tuple[Pair, ...]) -> list[str]:
    return [f"{pair.rule} {pair.resource}" for pair in found]


def change(then: str, now: str) -> Change:
    found = judged(then, now, ruled()).change
    assert found is not None
    return found


def test_a_regressed_pair_was_compliant_and_is_non_compliant() -> None:
    assert keys(change(THEN, NOW).regressed) == ["kms Worse"]


def test_a_fixed_pair_was_non_compliant_and_is_compliant() -> None:
    assert keys(change(THEN, NOW).fixed) == ["kms Better"]


def test_an_introduced_violation_regressed_or_is_on_a_new_resource() -> None:
    assert keys(change(THEN, NOW).introduced) == ["kms Worse", "kms New"]


def test_a_standing_violation_was_there_or_its_resource_was() -> None:
    assert keys(change(THEN, NOW).standing) == ["kms Bad", "logs Old"]


def test_resources_come_and_go() -> None:
    assert change(THEN, NOW).resources_added == ("Fine", "New")
    assert change(THEN, NOW).resources_removed == ("Gone",)


def test_without_a_baseline_there_is_no_change() -> None:
    assert judged(None, NOW, ruled()).change is None


# `public` weighs 10, `kms` 5, `logs` 1; `audit` reports.
LIKE_FOR_LIKE = {
    "nothing changed": ("kms: A+ B-", "kms: A+ B-", 0),
    "one of two was fixed": ("kms: A- B-", "kms: A+ B-", 50),
    "one of two regressed": ("kms: A+ B-", "kms: A- B-", -50),
    "good additions do not count": ("kms: A+ B-", "kms: A+ B- C+ D+; logs: A+", 0),
    "deletions do not count": ("kms: A+ B-", "kms: A+", 0),
    "a new rule does not count": ("kms: A+", "kms: A+; public: A-", 0),
    "a pair unknown now does not count": ("kms: A+ B-", "kms: A? B+", 100),
    "a pair unknown then does not count": ("kms: A? B-", "kms: A- B+", 100),
    "a pair not applicable then does not count": ("kms: A/ B-", "kms: A- B+", 100),
    "a pair waived now does not count": ("kms: A+ B-", "kms: A-w B+", 100),
    "a rule that reports does not count": ("audit: A+; kms: A-", "audit: A-; kms: A+", 100),
    # 100 x (5 x 1 + 1 x 0) / 6 - 100 x (5 x 0 + 1 x 1) / 6
    "rules weigh what they weigh": ("kms: A-; logs: A+", "kms: A+; logs: A-", Fraction(200, 3)),
    "nothing is known in both": ("kms: A+", "kms: B+", None),
    "nothing was known": ("", "kms: A+", None),
}


@pytest.mark.parametrize(("then", "now", "points"), LIKE_FOR_LIKE.values(), ids=LIKE_FOR_LIKE)
def test_the_like_for_like_difference(then: str, now: str, points: Fraction | None) -> None:
    assert change(then, now).like_for_like == points


def test_like_for_like_takes_todays_weights_and_shares_for_both_sides() -> None:
    heavy = catalogue(rule("kms", 3), rule("logs", 1), factors={"A": 4})
    # kms is 4 of 5 now and was 1 of 5, three quarters of the weight
    found = judged("kms: A- B+; logs: A-", "kms: A+ B-; logs: A-", heavy).change
    assert found is not None
    assert found.like_for_like == 45


LATER = LAST_WEEK + timedelta(days=1)
FUNCTION, ALIAS, VERSION = "AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version"
STACK, TABLE = "AWS::CloudFormation::Stack", "AWS::DynamoDB::Table"
CUSTOM, GATE = "AWS::CloudFormation::CustomResource", "Custom::ArchitectureGate"

UPDATES = {
    "a table is updated": (TABLE, LATER, True),
    "a table is as it was": (TABLE, LAST_WEEK, False),
    "a table has no time": (TABLE, None, False),
    "a function is updated": (FUNCTION, LATER, False),
    "an alias follows its function": (ALIAS, LATER, False),
    "a nested stack is gone through": (STACK, LATER, False),
    "a custom resource runs": (CUSTOM, LATER, False),
    "a named custom resource runs": (GATE, LATER, False),
}


@pytest.mark.parametrize(("kind", "updated_at", "changed"), UPDATES.values(), ids=UPDATES)
def test_the_architecture_changed_when(kind: str, updated_at: datetime | None, *, changed: bool) -> None:
    assert architecture_changed({"A": kind}, {"A": kind}, updated_at) is changed


MEMBERS = {
    "a table is added": ({}, {"A": TABLE}, True),
    "a table is removed": ({"A": TABLE}, {}, True),
    "a function is added": ({}, {"A": FUNCTION}, True),
    "a function gets another version": ({"V1": VERSION}, {"V2": VERSION}, False),
    "a version becomes a table": ({"A": VERSION}, {"A": TABLE}, True),
}


@pytest.mark.parametrize(("then", "now", "changed"), MEMBERS.values(), ids=MEMBERS)
def test_the_architecture_changed_with_its_members_when(
    then: dict[str, str], now: dict[str, str], *, changed: bool
) -> None:
    assert architecture_changed(then, now, LAST_WEEK) is changed


def architecture_changed(then: dict[str, str], now: dict[str, str], updated_at: datetime | None) -> bool:
    before = replace(baseline(""), resources={path: KnownResource(kind, LAST_WEEK) for path, kind in then.items()})
    stack = [Resource(path, kind, path, updated_at) for path, kind in now.items()]
    return compare(ruled(), stack, (), before).architecture_changed
