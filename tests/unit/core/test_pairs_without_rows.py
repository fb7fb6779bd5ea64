"""What a missing row means: carried from the baseline, unknown with its cause, or not applicable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from fitness.model import STACK_TYPE, Cause, ConfigRule, Enforcement, Failure, Resource
from fitness.pairs import judge_pairs
from fitness.rule import Frequency
from fitness.snapshot import Snapshot

from tests.unit.core.builders import (
    BASELINE_TAKEN,
    JUST_CHANGED,
    LAST_WEEK,
    UPDATE_START,
    baseline,
    catalogue,
    resources,
    rule,
    waiver,
)
from tests.unit.core.judging import CHANGED, HUB, OWN, PACK, UNCHANGED, judged, only_pair, row, snapshot

SECOND = timedelta(seconds=1)
DENIED = Failure("A", Cause.DENIED, "not authorized")
FAILED = Failure("A", Cause.ERROR, "throttled")
BROKEN = replace(OWN, last_error_code="InvalidParameterValue")
UNSTARTED = replace(OWN, first_evaluation_started=False, last_successful_evaluation_at=None)
HUB_BROKEN = replace(HUB, last_error_code="InvalidParameterValue")
PACK_UNSTARTED = replace(PACK, first_evaluation_started=False)
UNFINISHED = replace(OWN, last_successful_evaluation_at=None)

CAUSES = {
    "no Config rule": ((), (), "rule_missing"),
    "no Config rule, and the call was denied": ((), [DENIED], "rule_missing"),
    "the Config rule never ran": ([UNSTARTED], (), "not_evaluated"),
    "the Config rule fails": ([BROKEN], (), "rule_failing"),
    "the call was denied": ([OWN], [DENIED], "denied"),
    "the call failed": ([OWN], [FAILED], "error"),
    "the Config rule has not finished": ([UNFINISHED], (), "no_row"),
    "one of two foreign Config rules never ran": (
        [HUB, PACK_UNSTARTED],
        (),
        "not_evaluated",
    ),
    "one of two foreign Config rules fails": ([HUB_BROKEN, PACK], (), "rule_failing"),
}


@pytest.mark.parametrize(("by", "failures", "cause"), CAUSES.values(), ids=CAUSES)
def test_without_a_row_nothing_is_known_because(by: list[ConfigRule], failures: list[Failure], cause: str) -> None:
    assert judged(snapshot(by=by, failures=failures)) == f"INSUFFICIENT_DATA {cause}"


ERROR = "The required parameter [runtime] is not present in the inputParameters."
SAID = {
    "the message of a Config rule that fails": ([replace(BROKEN, last_error_message=ERROR)], (), ERROR),
    "its code where it gives no message": ([BROKEN], (), "InvalidParameterValue"),
    "the message of a call that was denied": ([OWN], [DENIED], "not authorized"),
    "that of the one that fails among several": ([PACK, HUB_BROKEN], (), "InvalidParameterValue"),
    "nothing of a Config rule that never ran": ([UNSTARTED], (), None),
}


@pytest.mark.parametrize(("by", "failures", "detail"), SAID.values(), ids=SAID)
def test_the_words_of_aws_are_kept(by: list[ConfigRule], failures: list[Failure], detail: str | None) -> None:
    assert only_pair(snapshot(by=by, failures=failures)).detail == detail


def test_an_old_row_of_a_config_rule_that_fails_comes_with_its_error() -> None:
    old = row("COMPLIANT", at=UPDATE_START - SECOND)
    pair = only_pair(snapshot(old, of=CHANGED, by=[replace(BROKEN, last_error_message=ERROR)]))
    assert (pair.cause, pair.detail) == (Cause.STALE, ERROR)


def unrecorded(of: Resource, by: Sequence[ConfigRule] = (OWN,)) -> Snapshot:
    return replace(snapshot(of=of, by=by), unrecorded=("A",))


def test_a_resource_that_config_has_not_recorded_is_not_taken_as_not_applicable() -> None:
    for resource in (CHANGED, UNCHANGED):
        assert judged(unrecorded(resource)) == "INSUFFICIENT_DATA not_recorded"
    assert judged(unrecorded(CHANGED, [BROKEN])) == "INSUFFICIENT_DATA rule_failing"


def test_a_periodic_rule_judges_what_config_has_not_recorded() -> None:
    periodic = replace(rule("bucket-ssl"), frequency=Frequency.ONE_HOUR)
    assert judged(unrecorded(CHANGED), None, periodic) == "NOT_APPLICABLE"


def test_the_failure_of_another_resource_is_no_cause() -> None:
    assert judged(snapshot(failures=[replace(DENIED, resource="B")])) == "NOT_APPLICABLE"


def test_the_state_of_foreign_config_rules_is_no_cause_when_the_stack_has_its_own() -> None:
    assert judged(snapshot(by=[OWN, HUB_BROKEN])) == "NOT_APPLICABLE"


EVALUATIONS = {
    "ever, the resource being as it was": (UNCHANGED, LAST_WEEK - timedelta(days=90), "NOT_APPLICABLE"),
    "since the resource changed": (CHANGED, JUST_CHANGED, "NOT_APPLICABLE"),
    "since the update, but not since the resource changed": (
        CHANGED,
        JUST_CHANGED - SECOND,
        "INSUFFICIENT_DATA no_row",
    ),
    "before the update": (CHANGED, UPDATE_START - SECOND, "INSUFFICIENT_DATA no_row"),
}


@pytest.mark.parametrize(("resource", "at", "status"), EVALUATIONS.values(), ids=EVALUATIONS)
def test_a_config_rule_without_a_row_was_evaluated(resource: Resource, at: datetime, status: str) -> None:
    assert judged(snapshot(of=resource, by=[replace(OWN, last_successful_evaluation_at=at)])) == status


def test_a_pair_that_the_baseline_knew_is_not_taken_as_not_applicable() -> None:
    for known in ("bucket-ssl: A+", "bucket-ssl: A-"):
        assert judged(snapshot(of=CHANGED), baseline(known)) == "INSUFFICIENT_DATA no_row"


def test_a_pair_that_the_baseline_did_not_know_may_be_not_applicable() -> None:
    for known in ("bucket-ssl: A?", "bucket-ssl: A/", "bucket-ssl: B+", "bucket-kms: A+"):
        assert judged(snapshot(of=CHANGED), baseline(known, "A")) == "NOT_APPLICABLE"


CARRIED = {
    "compliant then": ("bucket-ssl: A+", "COMPLIANT carried"),
    "non-compliant then": ("bucket-ssl: A-", "NON_COMPLIANT carried"),
    "unknown then": ("bucket-ssl: A?", "NOT_APPLICABLE"),
    "not applicable then": ("bucket-ssl: A/", "NOT_APPLICABLE"),
    "waived then": ("bucket-ssl: A-w", "NON_COMPLIANT carried"),
}


@pytest.mark.parametrize(("then", "status"), CARRIED.values(), ids=CARRIED)
def test_an_unchanged_resource_keeps_what_the_baseline_knew(then: str, status: str) -> None:
    assert judged(snapshot(), baseline(then)) == status


GONE = {"the Config rule is missing": (), "it never ran": [UNSTARTED], "it fails": [BROKEN]}


@pytest.mark.parametrize("by", GONE.values(), ids=GONE)
def test_an_unchanged_resource_keeps_it_whatever_the_reason_for_the_missing_row(by: list[ConfigRule]) -> None:
    assert judged(snapshot(by=by, failures=[DENIED]), baseline("bucket-ssl: A-")) == "NON_COMPLIANT carried"


CHANGES = {
    "in this update": CHANGED,
    "since the baseline, in an update before this one": replace(UNCHANGED, updated_at=LAST_WEEK + SECOND),
}


@pytest.mark.parametrize("resource", CHANGES.values(), ids=CHANGES)
def test_nothing_is_carried_to_a_resource_that_changed(resource: Resource) -> None:
    assert judged(snapshot(of=resource), baseline("bucket-ssl: A+")) == "INSUFFICIENT_DATA no_row"


UNDATED = {
    "changed after the baseline was taken": (BASELINE_TAKEN + SECOND, "INSUFFICIENT_DATA no_row"),
    "not changed since the baseline was taken": (BASELINE_TAKEN, "COMPLIANT carried"),
    "without a time itself": (None, "COMPLIANT carried"),
}


@pytest.mark.parametrize(("updated_at", "status"), UNDATED.values(), ids=UNDATED)
def test_a_baseline_that_does_not_date_the_resource_speaks_of_when_it_was_taken(
    updated_at: datetime | None, status: str
) -> None:
    then = baseline("bucket-ssl: A+")
    undated = replace(then, resources={"A": replace(then.resources["A"], updated_at=None)})
    assert judged(snapshot(of=replace(UNCHANGED, updated_at=updated_at)), undated) == status


def test_nothing_is_carried_to_a_resource_that_the_baseline_did_not_have() -> None:
    then = replace(baseline("bucket-ssl: A+"), resources={})
    assert judged(snapshot(), then) == "INSUFFICIENT_DATA no_row"


def test_nothing_is_carried_to_the_stack_itself_in_an_update() -> None:
    stack = Resource("A", STACK_TYPE, snapshot().stack_id, UPDATE_START)
    on_stacks = replace(rule("bucket-ssl"), resource_types=(STACK_TYPE,))
    assert judged(snapshot(of=stack), baseline("bucket-ssl: A+"), on_stacks) == "INSUFFICIENT_DATA no_row"


def test_pairs_are_expected_from_the_catalogue_and_the_stack_and_not_from_the_rows() -> None:
    off = replace(rule("tracing"), enforcement=Enforcement.OFF)
    narrow = replace(rule("kms"), exclude=("B*",))
    elsewhere = replace(rule("queue"), resource_types=("AWS::SQS::Queue",))
    stack = replace(snapshot(row("COMPLIANT"), by=()), resources=resources(["B2", "A", "B1"]))
    found = judge_pairs(catalogue(rule("ssl"), off, narrow, elsewhere), stack)
    assert [pair.key for pair in found] == [("ssl", "A"), ("ssl", "B1"), ("ssl", "B2"), ("kms", "A")]


WAIVERS = {
    "until the end of its last day": (date(2026, 11, 22), "NON_COMPLIANT waived"),
    "no longer on the day after": (date(2026, 11, 21), "NON_COMPLIANT"),
}


@pytest.mark.parametrize(("expires", "status"), WAIVERS.values(), ids=WAIVERS)
def test_a_waiver_holds(expires: date, status: str) -> None:
    waived = waiver("bucket-ssl", "A*", expires=expires)
    assert judged(snapshot(row("NON_COMPLIANT")), waivers=[waived]) == status


def test_the_day_of_a_waiver_is_a_day_in_utc() -> None:
    zone = timezone(timedelta(hours=-8))
    late = replace(snapshot(row("NON_COMPLIANT")), taken_at=datetime(2026, 11, 22, 17, 0, tzinfo=zone))
    assert judged(late, waivers=[waiver("bucket-ssl", "A", expires=date(2026, 11, 22))]) == "NON_COMPLIANT"
    assert judged(late, waivers=[waiver("bucket-ssl", "A", expires=date(2026, 11, 23))]) == "NON_COMPLIANT waived"


def test_a_waiver_is_for_one_rule_and_the_resources_that_it_names() -> None:
    others = [waiver("bucket-kms", "A"), waiver("bucket-ssl", "B", "AA")]
    assert judged(snapshot(row("NON_COMPLIANT")), waivers=others) == "NON_COMPLIANT"
