"""What may have changed although CloudFormation does not say so in this update."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fitness.baseline import Baseline
from fitness.doubts import PATIENCE, doubts
from fitness.model import Evaluation, Resource

from tests.unit.core.builders import JUST_CHANGED, LAST_WEEK, UPDATE_START, baseline
from tests.unit.core.judging import CHANGED, OWN, UNCHANGED, row, snapshot

SECOND = timedelta(seconds=1)
YESTERDAY = UPDATE_START - timedelta(days=1)
REVERTED = replace(UNCHANGED, updated_at=UPDATE_START - 10 * SECOND)
KNOWN = baseline("bucket-ssl: A+")
FUNCTION = "AWS::Lambda::Function"
PERMISSION = Resource("GreetApiPermission", "AWS::Lambda::Permission", "orders-permission-1", JUST_CHANGED)


def doubted(*resources: Resource, than: Baseline | None = KNOWN) -> list[str]:
    return [doubt.path for doubt in doubts(replace(snapshot(), resources=resources), than)]


def function(path: str, updated_at: datetime = LAST_WEEK) -> Resource:
    return Resource(path, FUNCTION, path.lower(), updated_at)


def test_what_was_updated_since_the_baseline_and_not_in_this_update_was_rolled_back() -> None:
    assert doubted(REVERTED) == ["A"]


@pytest.mark.parametrize("resource", [UNCHANGED, CHANGED], ids=["as in the baseline", "changed in this update"])
def test_it_is_certain_of_a_resource_that_is(resource: Resource) -> None:
    assert doubted(resource) == []


def test_nothing_is_known_of_rollbacks_without_a_baseline() -> None:
    assert doubted(REVERTED, than=None) == []


def test_a_new_permission_may_have_changed_the_function_that_its_name_begins_with() -> None:
    assert doubted(function("Greet"), function("GreetApi"), function("Part"), PERMISSION) == ["GreetApi"]


def test_a_new_permission_may_have_changed_any_function_when_its_name_tells_none() -> None:
    named = replace(PERMISSION, path="Everyone")
    assert doubted(function("Greet"), function("Part"), UNCHANGED, named) == ["Greet", "Part"]


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
    (doubt,) = doubts(snapshot(of=REVERTED), KNOWN)
    assert doubt.remains(snapshot(*rows), [OWN.name], UPDATE_START) is remains


def test_a_doubt_ends_with_its_time() -> None:
    (doubt,) = doubts(snapshot(of=REVERTED), KNOWN)
    old = snapshot(row("COMPLIANT", at=YESTERDAY))
    assert doubt.remains(old, [OWN.name], doubt.changed_at + PATIENCE - SECOND)
    assert not doubt.remains(old, [OWN.name], doubt.changed_at + PATIENCE)
