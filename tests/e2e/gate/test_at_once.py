"""Two functions' hooks and the gate judge one update at the same time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.gate import scenarios
from tests.e2e.gate.after import after
from tests.e2e.gate.deployed import Deployed
from tests.e2e.gate.scenarios import pairs_of

pytestmark = pytest.mark.slow


def statuses(run: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {key: pair["status"] for key, pair in pairs_of(run).items()}


def published(stack: Deployed, name: str, statistic: str) -> float:
    now = datetime.now(UTC)
    found = stack.aws.client("cloudwatch").get_metric_statistics(
        Namespace="ConfigFitness",
        MetricName=name,
        Dimensions=[{"Name": "Stack", "Value": stack.name}],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(hours=1),
        Period=7200,
        Statistics=[statistic],
    )
    return float(max(point[statistic] for point in found["Datapoints"]))


@after(scenarios.two_functions_and_the_gate_at_once)
def test_they_agree(outcome: Deployed) -> None:
    runs = outcome.decisions()
    assert [run["answer"] for run in runs] == ["Succeeded"] * 3
    assert all(statuses(run) == statuses(runs[0]) for run in runs)


@after(scenarios.two_functions_and_the_gate_at_once)
def test_each_leaves_a_record_of_its_own(outcome: Deployed) -> None:
    runs = outcome.decisions()
    assert len({run["id"] for run in runs}) == 3
    assert len({run["snapshot"]["stack_updated_at"] for run in runs}) == 1


@after(scenarios.two_functions_and_the_gate_at_once)
def test_the_baseline_is_written_once_by_the_recorder(outcome: Deployed) -> None:
    recorded = outcome.recorded()
    baseline = json.loads(outcome.baseline_text() or b"")
    assert baseline["taken_at"] == recorded[-1]["scorecard"]["taken_at"]
    assert outcome.versions_of_the_baseline() == 2


@after(scenarios.two_functions_and_the_gate_at_once)
def test_three_answers_of_one_update_do_not_add_up_in_the_metrics(outcome: Deployed) -> None:
    assert published(outcome, "Fitness", "Maximum") == published(outcome, "Fitness", "Minimum") == 100
    assert published(outcome, "Violations", "Maximum") == 0


@after(scenarios.two_functions_refused_at_once)
def test_they_refuse_for_the_same_reason(outcome: Deployed) -> None:
    assert outcome.status() == "UPDATE_ROLLBACK_COMPLETE"
    runs = outcome.decisions()
    assert {run["answer"] for run in runs} == {"Failed"}
    reasons = [run["scorecard"]["verdict"]["reasons"] for run in runs]
    assert all(each == reasons[0] for each in reasons)
    assert (reasons[0][0]["code"], reasons[0][0]["resource"]) == ("regression", "Data")


@after(scenarios.two_functions_refused_at_once)
def test_a_refusal_writes_no_baseline(outcome: Deployed) -> None:
    assert outcome.versions_of_the_baseline() == 1
