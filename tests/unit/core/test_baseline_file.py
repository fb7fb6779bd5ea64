"""The baseline file: what of a scorecard a later judgement needs, and what it says of a file that is none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fitness.baseline import Baseline, InvalidBaseline, KnownResource, from_json
from fitness.model import Status

from tests.unit.core.builders import BASELINE_TAKEN, LAST_WEEK

FILE: dict[str, Any] = {
    "version": 1,
    "taken_at": "2026-11-15T09:30:00Z",
    "fitness": 50.0,
    "resources": [
        {"path": "A", "type": "AWS::S3::Bucket", "updated_at": "2026-11-15T09:00:00Z"},
        {"path": "B", "type": "AWS::S3::Bucket", "updated_at": None},
    ],
    "pairs": [
        {"rule": "ssl", "resource": "A", "status": "COMPLIANT"},
        {"rule": "ssl", "resource": "B", "status": "NON_COMPLIANT", "waived": True},
        {"rule": "kms", "resource": "B", "status": "INSUFFICIENT_DATA", "cause": "denied"},
        {"rule": "kms", "resource": "A", "status": "NOT_APPLICABLE"},
    ],
}


def read(**changed: Any) -> Baseline:
    return from_json(json.dumps(FILE | changed), "baseline.json")


def test_a_scorecard_is_read_as_far_as_it_is_needed() -> None:
    assert read() == Baseline(
        taken_at=BASELINE_TAKEN,
        fitness=50.0,
        resources={"A": KnownResource("AWS::S3::Bucket", LAST_WEEK), "B": KnownResource("AWS::S3::Bucket", None)},
        statuses={
            ("ssl", "A"): Status.COMPLIANT,
            ("ssl", "B"): Status.NON_COMPLIANT,
            ("kms", "B"): Status.INSUFFICIENT_DATA,
            ("kms", "A"): Status.NOT_APPLICABLE,
        },
    )


def test_only_compliant_and_non_compliant_pairs_are_known() -> None:
    found = {pair: read().known(*pair) for pair in [("ssl", "A"), ("ssl", "B"), ("kms", "B"), ("kms", "A"), ("x", "A")]}
    assert [pair for pair, status in found.items() if status] == [("ssl", "A"), ("ssl", "B")]


def test_a_fitness_may_be_not_applicable() -> None:
    assert read(fitness=None).fitness is None


MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "another version": ({"version": 3}, "version must be 1, the only version there is."),
    "a fitness in words": ({"fitness": "good"}, "fitness must be a number."),
    "a fitness of true": ({"fitness": True}, "fitness must be a number."),
    "no pairs": ({"pairs": None}, "pairs must be a list."),
    "a pair as text": ({"pairs": ["ssl"]}, "pairs[0] must be an object."),
    "a pair without rule": ({"pairs": [{"resource": "A", "status": "COMPLIANT"}]}, "pairs[0].rule must be text."),
    "an unknown status": (
        {"pairs": [{"rule": "ssl", "resource": "A", "status": "GOOD"}]},
        f"pairs[0].status must be one of {', '.join(Status)}.",
    ),
    "a resource without path": ({"resources": [{"type": "T"}]}, "resources[0].path must be text."),
}


@pytest.mark.parametrize(("changed", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_file_that_is_no_baseline_is_refused(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidBaseline) as caught:
        read(**changed)
    assert str(caught.value) == f"baseline.json: {sentence}"


def test_a_file_that_is_no_json_is_refused() -> None:
    with pytest.raises(InvalidBaseline, match=r"^baseline\.json: not valid JSON: .+\.$"):
        from_json("fitness: 50", "baseline.json")
