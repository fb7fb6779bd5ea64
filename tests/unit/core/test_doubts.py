"""What may have changed although CloudFormation does not say so in this update."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fitness.baseline import Baseline
from fitness.doubts import PATIENCE, doubts
from fitness.model import CONFIG_RULE_TYPE, Evaluation, Resource

from tests.unit.core.builders import JUST_CHANGED, LAST_WEEK, UPDATE_START, baseline
from tests.unit.core.judging import CHANGED, OWN, UNCHANGED, row, snapshot

SECOND = timedelta(seconds=1)
SETTLE = timedelta(seconds=30)
YESTERDAY = UPDATE_START - timedelta(days=1)
REVERTED = replace(UNCHANGED, updated_at=UPDATE_START - 10 * SECOND)
NAMES = frozenset({OWN.name})
KNOWN = baseline("bucket-ssl: A+")
FUNCTION = "AWS::Lambda::Function"
PERMISSION = Resource("GreetApiPermission", "AWS::Lambda::Permission", "orders-permission-1", JUST_CHANGED)


def doubted(*resources: Resource, than: Baseline | None = KNOWN) -> list[str]:
    return [doubt.path for doubt in doubts(replace(snapshot(), resources=resources), than, NAMES)]


def function(path: str, updated_at: datetime = LAST_WEEK) -> Resource:
    return Resource(path, FUNCTION, path.lower(), updated_at)


def test_what_was_updated_since_the_baseline_and_not_in_this_update_was_rolled_back() -> None:
    assert doubted(REVERTED) == ["A"]


@pytest.mark.parametrize("resource", [UNCHANGED, CHANGED], ids=["as in the baseline", "changed in this update"])
def test_it_is_certain_of_a_resource_that_is(resource: Resource) -> None:
    assert doubted(resource) == []


def test_what_changed_in_an_update_that_was_rolled_back_was_changed_back() -> None:
    (doubt,) = doubts(snapshot(of=CHANGED), KNOWN, NAMES, rolled_back=True)
    assert (doubt.path, doubt.since) == ("A", JUST_CHANGED)
    assert doubts(snapshot(of=UNCHANGED), KNOWN, NAMES, rolled_back=True) == []


def test_nothing_is_known_of_rollbacks_without_a_baseline() -> None:
    assert doubted(REVERTED, than=None) == []


def test_a_new_permission_may_have_changed_the_function_that_its_name_begins_with() -> None:
    assert doubted(function("Greet"), function("GreetApi"), function("Part"), PERMISSION) == ["GreetApi"]


def test_a_new_permission_may_have_changed_any_function_when_its_name_tells_none() -> None:
    named = replace(PERMISSION, path="Everyone")
    assert doubted(function("Greet"), function("Part"), UNCHANGED, named) == ["Greet", "Part"]


def test_a_bucket_with_a_new_policy_may_have_been_judged_without_it() -> None:
    policy = Resource("Door", "AWS::S3::BucketPolicy", CHANGED.physical_id, JUST_CHANGED + SECOND)
    (doubt,) = doubts(replace(snapshot(), resources=(CHANGED, policy)), None, NAMES)
    assert (doubt.path, doubt.since) == ("A", JUST_CHANGED + SECOND)


def test_a_function_that_changed_itself_is_no_doubt() -> None:
    assert doubted(function("Greet", JUST_CHANGED), PERMISSION) == []


def test_an_old_permission_is_none() -> None:
    assert doubted(function("Greet"), replace(PERMISSION, updated_at=LAST_WEEK)) == []


ROWS = {
    "an old row": ([row("COMPLIANT", at=YESTERDAY)], True),
    "a row without a time": ([row("COMPLIANT", at=None)], True),
    "a newer row": ([row("COMPLIANT", at=REVERTED.updated_at)], False),
    "no row": ([], False),
    "an old row of another resource": ([replace(row("COMPLIANT", at=YESTERDAY), resource="B")], False),
    "an old row of a Config rule that does not count": ([replace(row("COMPLIANT"), config_rule="other")], False),
}


@pytest.mark.parametrize(("rows", "remains"), ROWS.values(), ids=ROWS)
def test_a_doubt_with(rows: list[Evaluation], remains: bool) -> None:
    (doubt,) = doubts(snapshot(of=REVERTED), KNOWN, NAMES)
    assert doubt.remains(snapshot(*rows), UPDATE_START, SETTLE) is remains


def test_a_doubt_ends_with_its_time() -> None:
    (doubt,) = doubts(snapshot(of=REVERTED), KNOWN, NAMES)
    old = snapshot(row("COMPLIANT", at=YESTERDAY))
    assert doubt.remains(old, doubt.changed_at + PATIENCE * SETTLE - SECOND, SETTLE)
    assert not doubt.remains(old, doubt.changed_at + PATIENCE * SETTLE, SETTLE)


RENEWED = Resource(OWN.path or "", CONFIG_RULE_TYPE, OWN.name, JUST_CHANGED)
ANEW = {
    "changed with it": ([CHANGED, RENEWED], ["A"]),
    "did not change": ([UNCHANGED, RENEWED], []),
    "is new": ([replace(CHANGED, path="New"), RENEWED], []),
    "changed, while the Config rule did not": ([CHANGED, replace(RENEWED, updated_at=LAST_WEEK)], []),
    "changed, while a periodic Config rule did": ([CHANGED, replace(RENEWED, physical_id="periodic")], []),
}


@pytest.mark.parametrize(("resources", "expected"), ANEW.values(), ids=ANEW)
def test_what_a_changed_config_rule_says_of_a_resource_is_in_doubt_if_it(
    resources: list[Resource], expected: list[str]
) -> None:
    assert doubted(*resources) == expected


def test_a_changed_config_rule_stays_in_doubt_until_it_has_judged_what_the_resource_is_now() -> None:
    both = replace(snapshot(), resources=(CHANGED, RENEWED))
    (doubt,) = doubts(both, KNOWN, NAMES)
    assert doubt.remains(snapshot(row("COMPLIANT", at=JUST_CHANGED - SECOND)), JUST_CHANGED, SETTLE)
    assert not doubt.remains(snapshot(row("COMPLIANT", at=JUST_CHANGED)), JUST_CHANGED, SETTLE)
