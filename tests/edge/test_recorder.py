"""The recorder: what becomes the baseline, and what is told of a state."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fitness.deployment_hook import answer_deployment
from fitness.model import Status
from fitness.recorder import record_state

from tests.edge.environments import Context, Recorded, environment
from tests.edge.fake_aws import STACK_ID, START, FakeAws, row
from tests.edge.judged import BUCKET, VERSIONING, aws

HOOK = {"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "e-1"}


def completion(status: str = "UPDATE_COMPLETE", stack_id: str = STACK_ID) -> dict[str, Any]:
    detail = {"stack-id": stack_id, "status-details": {"status": status, "status-reason": ""}}
    return {"id": "event-1", "detail-type": "CloudFormation Stack Status Change", "detail": detail}


def record(event: dict[str, Any], fake: FakeAws, folder: Path, recorded: Recorded, status: str) -> dict[str, Any]:
    fake.status = status
    record_state(event, Context(), environment(fake, folder, recorded))
    return {key.partition("/")[0]: value for key, value in fake.objects.items()}


def test_a_completed_stack_becomes_the_baseline(tmp_path: Path, recorded: Recorded) -> None:
    objects = record(completion(), aws(), tmp_path, recorded, "UPDATE_COMPLETE")

    assert objects["baseline.json"]["pairs"][0]["status"] == "COMPLIANT"
    assert objects["baseline.json"]["run"].startswith("runs/2026")


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(completion("UPDATE_IN_PROGRESS"), id="while the update is under way"),
        pytest.param(completion(stack_id="arn:aws:cloudformation:eu-west-1:1:stack/other/1"), id="of another stack"),
    ],
)
def test_nothing_is_written(event: dict[str, Any], tmp_path: Path, recorded: Recorded) -> None:
    assert record(event, aws(), tmp_path, recorded, "UPDATE_ROLLBACK_COMPLETE") == {}


def test_after_a_rollback_the_figures_are_those_of_the_old_state_again_and_the_baseline_stays(
    tmp_path: Path, recorded: Recorded
) -> None:
    fake = aws()

    objects = record(completion("UPDATE_ROLLBACK_COMPLETE"), fake, tmp_path, recorded, "UPDATE_ROLLBACK_COMPLETE")

    assert set(objects) == {"runs"}
    assert "Fitness" in [point["MetricName"] for point in fake.metrics]


def test_after_a_rollback_what_was_refused_is_not_recorded_as_live(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(seconds=-10)
    record(completion(), fake, tmp_path, recorded, "UPDATE_COMPLETE")
    fake.listing = [replace(BUCKET, updated_at=START + timedelta(seconds=700))]
    bad, good = ((Status.NON_COMPLIANT, 610), (Status.COMPLIANT, 760))
    fake.rows = [row("Bucket", VERSIONING, each, START + timedelta(seconds=at)) for each, at in (bad, good)]
    fake.clock.now = START + timedelta(seconds=705)

    record(completion("UPDATE_ROLLBACK_COMPLETE"), fake, tmp_path, recorded, "UPDATE_ROLLBACK_COMPLETE")

    assert fake.clock.now > START + timedelta(seconds=760)


@pytest.mark.parametrize("status", ["UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"])
def test_nothing_is_told_of_a_state_that_the_next_update_has_begun_to_replace(
    status: str, tmp_path: Path, recorded: Recorded
) -> None:
    fake = aws()

    assert record(completion(status), fake, tmp_path, recorded, "UPDATE_IN_PROGRESS") == {}
    assert fake.metrics == []
    assert "The stack changed again: its next completion will be recorded." in recorded.log


def test_a_pinned_baseline_is_kept(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws()
    record(completion(), fake, tmp_path, recorded, "UPDATE_COMPLETE")
    pinned = environment(fake, tmp_path, recorded).records
    pinned.pin(pinned=True)
    then = fake.objects["baseline.json"]
    fake.clock.sleep(3600)

    record(completion(), fake, tmp_path, recorded, "UPDATE_COMPLETE")

    assert fake.objects["baseline.json"] == then
    assert "Baseline: the baseline is pinned." in recorded.log


def test_an_older_state_does_not_replace_a_newer_baseline(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws()
    fake.objects["baseline.json"] = {"version": 1, "taken_at": "2030-01-01T00:00:00Z", "resources": [], "pairs": []}

    record(completion(), fake, tmp_path, recorded, "UPDATE_COMPLETE")

    assert fake.objects["baseline.json"]["taken_at"] == "2030-01-01T00:00:00Z"


def test_the_schedule_publishes_without_touching_the_baseline(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(seconds=0)

    objects = record({"id": "e", "detail-type": "Scheduled Event"}, fake, tmp_path, recorded, "UPDATE_COMPLETE")

    assert set(objects) == {"runs"}
    assert "Fitness" in [point["MetricName"] for point in fake.metrics]


def test_a_regression_against_the_recorded_baseline_is_refused(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws()
    record(completion(), fake, tmp_path, recorded, "UPDATE_COMPLETE")
    fake.rows[0] = row("Bucket", VERSIONING, Status.NON_COMPLIANT, START + timedelta(seconds=20))
    fake.status = "UPDATE_IN_PROGRESS"

    answer_deployment(HOOK, Context(), environment(fake, tmp_path, recorded))

    assert fake.answers == [("d-1", "e-1", "Failed")]
