"""The snapshot file: what is written can be read, and what cannot be read is named in one sentence."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from fitness.model import Cause, Failure
from fitness.snapshot import InvalidSnapshot, Snapshot, from_json, to_json
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.judging import HUB, OWN, row, snapshot

FULL = snapshot(row("NON_COMPLIANT", note="No policy."), row("COMPLIANT", HUB, at=None), by=[OWN, HUB])
FULL = replace(FULL, failures=(Failure("A", Cause.DENIED, "not authorized"),), unrecorded=("A",))


def read(value: Any) -> Snapshot:
    return from_json(json.dumps(value), "snapshot.json")


def test_the_file_is_the_documented_one() -> None:
    assert to_json(snapshot(row("COMPLIANT"))) == {
        "version": 1,
        "stack": "orders",
        "stack_id": "arn:aws:cloudformation:eu-west-1:111122223333:stack/orders/1",
        "account": "111122223333",
        "region": "eu-west-1",
        "taken_at": "2026-11-22T10:05:00Z",
        "stack_updated_at": "2026-11-22T10:00:00Z",
        "resources": [
            {"path": "A", "type": "AWS::S3::Bucket", "physical_id": "a-1", "updated_at": "2026-11-15T09:00:00Z"}
        ],
        "config_rules": [
            {
                "name": "orders-BucketSsl-1AB",
                "path": "ConfigRules/BucketSsl",
                "last_successful_evaluation_at": "2026-11-22T10:02:00Z",
                "last_error_code": None,
                "last_error_message": None,
                "first_evaluation_started": True,
            }
        ],
        "evaluations": [
            {
                "resource": "A",
                "config_rule": "orders-BucketSsl-1AB",
                "compliance": "COMPLIANT",
                "mode": "DETECTIVE",
                "ordering_at": "2026-11-22T10:02:00Z",
                "invoked_at": "2026-11-22T10:02:00Z",
                "recorded_at": "2026-11-22T10:02:00Z",
                "annotation": None,
            }
        ],
        "failures": [],
    }


def test_a_failure_is_written_with_its_cause() -> None:
    assert to_json(FULL)["failures"] == [{"resource": "A", "cause": "denied", "message": "not authorized"}]


def test_what_is_written_can_be_read() -> None:
    assert read(to_json(FULL)) == FULL


TIMES = {
    "in UTC": "2026-11-22T10:05:00Z",
    "in another zone": "2026-11-22T02:05:00-08:00",
    "without a zone, taken as UTC": "2026-11-22T10:05:00",
    "with parts of a second": "2026-11-22T10:05:00.000Z",
}


@pytest.mark.parametrize("written", TIMES.values(), ids=TIMES)
def test_a_time_is_read(written: str) -> None:
    assert read(to_json(FULL) | {"taken_at": written}).taken_at == datetime(2026, 11, 22, 10, 5, tzinfo=UTC)


def test_a_time_is_written_in_utc() -> None:
    elsewhere = FULL.taken_at.astimezone(timezone(timedelta(hours=-8)))
    assert to_json(replace(FULL, taken_at=elsewhere))["taken_at"] == "2026-11-22T10:05:00Z"


def test_what_may_be_absent_has_a_default() -> None:
    written = to_json(FULL)
    del written["failures"], written["stack_updated_at"]
    del written["evaluations"][0]["mode"], written["config_rules"][0]["first_evaluation_started"]
    found = read(written)
    assert (found.failures, found.stack_updated_at) == ((), None)
    assert (found.evaluations[0].mode, found.config_rules[0].first_evaluation_started) == ("DETECTIVE", False)


TEXTS = {
    "nothing": ("", "not valid JSON: Expecting value: line 1 column 1 (char 0)."),
    "half a file": ('{"version": 1', "not valid JSON: Expecting ',' delimiter: line 1 column 14 (char 13)."),
    "a list": ("[]", "the file must be an object."),
    "no version": ("{}", "version must be 1, the only version there is."),
    "a later version": ('{"version": 2}', "version must be 1, the only version there is."),
    "not a number": ('{"version": NaN}', "not valid JSON: NaN is no number."),
}


@pytest.mark.parametrize(("text", "sentence"), TEXTS.values(), ids=TEXTS)
def test_a_text_that_is_no_snapshot_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        from_json(text, "snapshot.json")
    assert str(caught.value) == f"snapshot.json: {sentence}"


def test_a_file_nested_without_end_is_refused() -> None:
    with pytest.raises(InvalidSnapshot, match=r"^snapshot\.json: not valid JSON"):
        from_json("[" * 100_000, "snapshot.json")


TIME = "must be a time like 2026-11-22T10:05:00Z."
CAUSES = ", ".join(Cause)
COMPLIANCES = "COMPLIANT, NON_COMPLIANT, NOT_APPLICABLE, INSUFFICIENT_DATA"
VALUES = {
    "no name": (["stack"], None, "stack must be text."),
    "a number as account": (["account"], 111122223333, "account must be text."),
    "no time": (["taken_at"], None, f"taken_at {TIME}"),
    "a time in words": (["taken_at"], "yesterday", f"taken_at {TIME}"),
    "a time before all times": (["taken_at"], "0001-01-01T00:00:00+23:00", f"taken_at {TIME}"),
    "no resources": (["resources"], None, "resources must be a list."),
    "a resource as text": (["resources", 0], "A", "resources[0] must be an object."),
    "no type": (["resources", 0, "type"], None, "resources[0].type must be text."),
    "an unknown compliance": (
        ["evaluations", 1, "compliance"], "GOOD", f"evaluations[1].compliance must be one of {COMPLIANCES}.",
    ),
    "an unknown cause": (
        ["failures", 0, "cause"],
        "lost",
        f"failures[0].cause must be one of {CAUSES}.",
    ),
    "a time as number": (["evaluations", 0, "ordering_at"], 5, f"evaluations[0].ordering_at {TIME}"),
    "a flag as text": (
        ["config_rules", 0, "first_evaluation_started"],
        "false",
        "config_rules[0].first_evaluation_started must be true or false.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("place", "value", "sentence"), VALUES.values(), ids=VALUES)
def test_a_wrong_value_is_named_with_its_place(place: list[Any], value: Any, sentence: str) -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        read(spoiled(to_json(FULL), place, value))
    assert str(caught.value) == f"snapshot.json: {sentence}"


def spoiled(document: Any, place: list[Any], value: Any) -> Any:
    holder = document
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    return document


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ANYTHING = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.text(max_size=3), SCALARS, max_size=2)
PLACES = [
    *([key] for key in to_json(FULL)),
    *([key, 0] for key in ("resources", "config_rules", "evaluations", "failures")),
    *(["evaluations", 0, key] for key in to_json(FULL)["evaluations"][0]),
    *(["config_rules", 0, key] for key in to_json(FULL)["config_rules"][0]),
]


@given(st.sampled_from(PLACES), ANYTHING)
def test_a_spoiled_file_is_read_or_refused_and_nothing_else(place: list[Any], value: Any) -> None:
    with suppress(InvalidSnapshot):
        assert isinstance(read(spoiled(to_json(FULL), place, value)), Snapshot)
