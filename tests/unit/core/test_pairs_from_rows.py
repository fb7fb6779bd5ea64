"""What rows make of a pair: which of them decide, and when they are too old."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fitness.model import STACK_TYPE, Cause, ConfigRule, Evaluation, Failure, Resource

from tests.unit.core.builders import JUST_CHANGED, JUST_JUDGED, LAST_WEEK, UPDATE_START, baseline, rule
from tests.unit.core.judging import CHANGED, HUB, OWN, PACK, UNCHANGED, judged, only_pair, row, snapshot

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("status", ["COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE"])
def test_a_row_is_the_status(status: str) -> None:
    assert judged(snapshot(row(status))) == status


def test_a_row_without_data_is_unknown_for_want_of_a_row() -> None:
    assert judged(snapshot(row("INSUFFICIENT_DATA"))) == "INSUFFICIENT_DATA no_row"


def test_a_row_counts_even_if_reading_others_failed() -> None:
    failure = Failure("A", Cause.ERROR, "throttled")
    assert judged(snapshot(row("COMPLIANT"), failures=[failure])) == "COMPLIANT"


def test_a_row_counts_even_if_the_baseline_had_another() -> None:
    assert judged(snapshot(row("NON_COMPLIANT")), baseline("bucket-ssl: A+")) == "NON_COMPLIANT"


def test_a_row_of_another_resource_says_nothing() -> None:
    elsewhere = replace(row("NON_COMPLIANT"), resource="B")
    assert judged(snapshot(elsewhere)) == "NOT_APPLICABLE"


def test_a_row_of_another_rule_says_nothing() -> None:
    other = ConfigRule("orders-BucketKms-1AB", "ConfigRules/BucketKms")
    assert judged(snapshot(row("NON_COMPLIANT", by=other), by=[OWN, other])) == "NOT_APPLICABLE"


AGES = {
    "older than the update": (UPDATE_START - SECOND, "INSUFFICIENT_DATA stale"),
    "from the moment the update started": (UPDATE_START, "COMPLIANT"),
    "younger than the update, older than the resource's own change": (JUST_CHANGED - SECOND, "COMPLIANT"),
    "younger than the change": (JUST_JUDGED, "COMPLIANT"),
    "without a time": (None, "INSUFFICIENT_DATA stale"),
}


@pytest.mark.parametrize(("at", "status"), AGES.values(), ids=AGES)
def test_a_row_on_a_changed_resource_is_stale_if_it_is(at: datetime | None, status: str) -> None:
    assert judged(snapshot(row("COMPLIANT", at=at), of=CHANGED)) == status


@pytest.mark.parametrize("at", [LAST_WEEK - timedelta(days=400), UPDATE_START - SECOND, None])
def test_a_row_on_an_unchanged_resource_is_never_stale(at: datetime | None) -> None:
    assert judged(snapshot(row("COMPLIANT", at=at))) == "COMPLIANT"


UNCHANGING = {
    "updated before the update": UPDATE_START - SECOND,
    "without a time of its own": None,
}


@pytest.mark.parametrize("updated_at", UNCHANGING.values(), ids=UNCHANGING)
def test_a_resource_has_not_changed_if_it_is(updated_at: datetime | None) -> None:
    resource = replace(UNCHANGED, updated_at=updated_at)
    assert judged(snapshot(row("COMPLIANT", at=LAST_WEEK), of=resource)) == "COMPLIANT"


def test_a_resource_updated_at_the_very_start_has_changed() -> None:
    resource = replace(UNCHANGED, updated_at=UPDATE_START)
    assert judged(snapshot(row("COMPLIANT", at=LAST_WEEK), of=resource)) == "INSUFFICIENT_DATA stale"


def test_nothing_is_stale_when_the_time_of_the_update_is_not_known() -> None:
    timeless = replace(snapshot(row("COMPLIANT", at=LAST_WEEK), of=CHANGED), stack_updated_at=None)
    assert judged(timeless) == "COMPLIANT"


ROOT = snapshot().stack_id
STACKS = {
    "the stack itself has always changed": (ROOT, LAST_WEEK, "INSUFFICIENT_DATA stale"),
    "even if its time is not known": (ROOT, None, "INSUFFICIENT_DATA stale"),
    "a nested stack changes like any resource": (f"{ROOT}2", LAST_WEEK, "COMPLIANT"),
}


@pytest.mark.parametrize(("physical_id", "updated_at", "status"), STACKS.values(), ids=STACKS)
def test_a_row_from_before_the_update_on_a_stack(physical_id: str, updated_at: datetime | None, status: str) -> None:
    stack = Resource("A", STACK_TYPE, physical_id, updated_at)
    on_stacks = replace(rule("bucket-ssl"), resource_types=(STACK_TYPE,))
    assert judged(snapshot(row("COMPLIANT", at=LAST_WEEK), of=stack), rule=on_stacks) == status


GOOD, BAD, NONE, STALE = "COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE", "INSUFFICIENT_DATA stale"
SEVERAL = {
    "the stack's own decides for the better": ([row(BAD, HUB), row(GOOD, OWN)], GOOD),
    "the stack's own decides for the worse": ([row(GOOD, HUB), row(BAD, OWN)], BAD),
    "the stack's own decides even that nothing applies": ([row(BAD, HUB), row(NONE, OWN)], NONE),
    "without one of its own the worst decides": ([row(GOOD, HUB), row(BAD, PACK)], BAD),
    "applicable is worse than not": ([row(NONE, HUB), row(GOOD, PACK)], GOOD),
    "an old violation is no better than a new pass": ([row(BAD, HUB, LAST_WEEK), row(GOOD, PACK)], STALE),
    "an old pass is no excuse for a new violation": ([row(GOOD, HUB, LAST_WEEK), row(BAD, PACK)], BAD),
    "the stack's own decides even when it is stale": ([row(GOOD, HUB), row(GOOD, OWN, LAST_WEEK)], STALE),
    "copies of a row": ([row(GOOD), row(GOOD), row(GOOD)], GOOD),
}


@pytest.mark.parametrize("order", [1, -1], ids=["in this order", "in reverse"])
@pytest.mark.parametrize(("rows", "status"), SEVERAL.values(), ids=SEVERAL)
def test_of_several_rows(rows: list[Evaluation], status: str, order: int) -> None:
    assert judged(snapshot(*rows[::order], of=CHANGED, by=[OWN, HUB, PACK])) == status


def test_proactive_rows_are_ignored() -> None:
    assert judged(snapshot(row("NON_COMPLIANT", mode="PROACTIVE"), row("COMPLIANT"))) == "COMPLIANT"
    assert judged(snapshot(row("NON_COMPLIANT", mode="PROACTIVE"))) == "NOT_APPLICABLE"


def test_the_row_that_decides_gives_the_annotation_and_the_time() -> None:
    rows = [row("COMPLIANT", HUB, note="fine"), row("NON_COMPLIANT", PACK, note="No policy.")]
    pair = only_pair(snapshot(*rows, by=[HUB, PACK]))
    assert (pair.annotation, pair.recorded_at) == ("No policy.", JUST_JUDGED)


EQUALS = {
    "the newest": ([row("COMPLIANT", HUB, LAST_WEEK, note="old"), row("COMPLIANT", PACK, note="new")], "new"),
    "one with a time": ([row("COMPLIANT", HUB, None, note="undated"), row("COMPLIANT", PACK, note="dated")], "dated"),
    "one with a note": ([row("COMPLIANT", HUB, note=None), row("COMPLIANT", PACK, note="noted")], "noted"),
}


@pytest.mark.parametrize("order", [1, -1], ids=["in this order", "in reverse"])
@pytest.mark.parametrize(("rows", "note"), EQUALS.values(), ids=EQUALS)
def test_of_equal_rows_one_is_chosen_whatever_their_order(rows: list[Evaluation], note: str, order: int) -> None:
    assert only_pair(snapshot(*rows[::order], by=[HUB, PACK])).annotation == note
