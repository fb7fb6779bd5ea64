"""The Lambda entry points: when they judge, what they leave behind, and that they always answer once."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fitness.architecture_gate import answer_custom_resource
from fitness.aws_problem import AwsProblem
from fitness.deployment_hook import answer_deployment
from fitness.model import Resource, Status
from fitness.recorder import record_state

from tests.edge.catalogues import RULES
from tests.edge.environments import Context, Recorded, environment
from tests.edge.fake_aws import STACK_ID, START, FakeAws, own_rule, row

HOOK = {"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "e-1"}
VERSIONING = "S3BucketVersioningEnabled"
OLD = START - timedelta(days=1)
BUCKET = Resource("Bucket", "AWS::S3::Bucket", "b-1", START)
BLOCKING = RULES.replace("{title: Versioned,", "{title: Versioned, enforcement: blocking,")


def aws(status: Status = Status.COMPLIANT, seconds: float = 10) -> FakeAws:
    """An AWS whose one bucket gets this status some seconds after the update's start."""
    at = START + timedelta(seconds=seconds)
    return FakeAws(listing=[BUCKET], rules=[own_rule(VERSIONING, OLD)], rows=[row("Bucket", VERSIONING, status, at)])


@pytest.fixture
def recorded() -> Recorded:
    return Recorded()


def test_a_good_update_is_answered_succeeded_once(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws()

    answer_deployment(HOOK, Context(), environment(fake, tmp_path, recorded))

    assert fake.answers == [("d-1", "e-1", "Succeeded")]


def test_a_violation_of_a_blocking_rule_is_answered_failed(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(Status.NON_COMPLIANT)

    answer_deployment(HOOK, Context(), environment(fake, tmp_path, recorded, BLOCKING))

    assert fake.answers == [("d-1", "e-1", "Failed")]


def test_report_lets_a_violation_through_and_the_record_says_so(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(Status.NON_COMPLIANT)

    answer_deployment(HOOK, Context(), environment(fake, tmp_path, recorded, BLOCKING, enforcement="report"))

    (run,) = fake.objects.values()
    assert fake.answers == [("d-1", "e-1", "Succeeded")]
    assert (run["scorecard"]["verdict"]["outcome"], run["scorecard"]["verdict"]["enforcement"]) == ("FAIL", "report")


def test_a_crash_is_answered_failed_with_its_reason_in_the_log(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws()

    answer_deployment(HOOK, Context(), environment(fake, tmp_path, recorded, "version: 2"))

    assert fake.answers == [("d-1", "e-1", "Failed")]
    assert "rules.yaml:1:1" in recorded.log[0]


def test_a_rollback_is_answered_succeeded_without_judging(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(Status.NON_COMPLIANT)
    fake.status = "UPDATE_ROLLBACK_IN_PROGRESS"

    answer_deployment(HOOK, Context(), environment(fake, tmp_path, recorded, BLOCKING))

    assert (fake.answers, fake.asked) == ([("d-1", "e-1", "Succeeded")], [])


def test_what_cannot_be_recorded_or_published_does_not_change_the_answer(tmp_path: Path, recorded: Recorded) -> None:
    class Broken(FakeAws):
        def write(self, *_: Any) -> None:
            raise AwsProblem("s3:PutObject was denied", "AccessDenied")

        def put_metrics(self, *_: Any) -> None:
            raise AwsProblem("cloudwatch:PutMetricData was denied", "AccessDenied")

    fake = Broken(**vars(aws()))

    answer_deployment(HOOK, Context(), environment(fake, tmp_path, recorded))

    assert fake.answers == [("d-1", "e-1", "Succeeded")]
    assert "The run was not recorded: s3:PutObject was denied" in recorded.log
    assert "The metrics were not published: cloudwatch:PutMetricData was denied" in recorded.log


def test_waiting_leaves_time_to_answer_before_the_functions_own_deadline(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(seconds=10_000)

    answer_deployment(HOOK, Context(remaining=300), environment(fake, tmp_path, recorded))

    assert fake.clock.now == START + timedelta(seconds=240)
    assert fake.answers == [("d-1", "e-1", "Failed")]


def test_the_gates_own_wait_ends_waiting_first(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(seconds=10_000)

    answer_deployment(HOOK, Context(), environment(fake, tmp_path, recorded))

    assert fake.clock.now == START + timedelta(seconds=600)


def test_the_log_holds_the_sentence_and_the_figures_in_one_line(tmp_path: Path, recorded: Recorded) -> None:
    answer_deployment(HOOK, Context(), environment(aws(), tmp_path, recorded))

    line = json.loads(recorded.log[-1])
    assert (line["outcome"], line["answer"], line["fitness"], line["coverage"]) == ("PASS", "Succeeded", 100, 100)
    assert line["sentence"] == "Nothing got worse and nothing is in the way."


def test_the_figures_are_published(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws()

    answer_deployment(HOOK, Context(), environment(fake, tmp_path, recorded))

    points = {(point["MetricName"], len(point["Dimensions"])): point["Value"] for point in fake.metrics}
    names = {("Fitness", 1): 100, ("FitnessLow", 1): 100, ("FitnessHigh", 1): 100, ("Coverage", 1): 100}
    assert points == {**names, ("FitnessMinimum", 1): 0, ("Violations", 1): 0, ("Fitness", 2): 100}


def test_nothing_is_published_for_a_figure_that_is_not_known(tmp_path: Path, recorded: Recorded) -> None:
    fake = FakeAws()

    answer_deployment(HOOK, Context(), environment(fake, tmp_path, recorded))

    assert [point["MetricName"] for point in fake.metrics] == ["Violations"]


def request(kind: str, **more: str) -> dict[str, Any]:
    ids = {"StackId": STACK_ID, "RequestId": "r-1", "LogicalResourceId": "ArchitectureGate"}
    return {"RequestType": kind, "ResponseURL": "https://answer.here", **ids, **more}


@pytest.mark.parametrize(
    ("kind", "status", "answer"),
    [
        pytest.param("Update", Status.COMPLIANT, "SUCCESS", id="a good update goes on"),
        pytest.param("Update", Status.NON_COMPLIANT, "FAILED", id="a bad update is refused"),
        pytest.param("Create", Status.NON_COMPLIANT, "SUCCESS", id="a creation is only recorded"),
        pytest.param("Delete", Status.NON_COMPLIANT, "SUCCESS", id="a deletion is let go"),
    ],
)
def test_the_architecture_gate(kind: str, status: Status, answer: str, tmp_path: Path, recorded: Recorded) -> None:
    answer_custom_resource(request(kind), Context(), environment(aws(status), tmp_path, recorded, BLOCKING))

    ((url, response),) = recorded.responses
    assert (url, response["Status"]) == ("https://answer.here", answer)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [pytest.param("Update", "FAILED", id="refuses"), pytest.param("Create", "SUCCESS", id="lets a creation go on")],
)
def test_an_architecture_gate_that_crashes(kind: str, answer: str, tmp_path: Path, recorded: Recorded) -> None:
    answer_custom_resource(request(kind), Context(), environment(aws(), tmp_path, recorded, "version: 2"))

    ((_, response),) = recorded.responses
    assert response["Status"] == answer
    assert response["Reason"].startswith("The architecture could not be judged: rules.yaml:1:1: ")


def test_the_physical_id_of_the_gate_stays_what_it_was(tmp_path: Path, recorded: Recorded) -> None:
    event = request("Update", PhysicalResourceId="gate-of-old")

    answer_custom_resource(event, Context(), environment(aws(), tmp_path, recorded))

    assert recorded.responses[0][1]["PhysicalResourceId"] == "gate-of-old"


def test_a_creation_is_recorded_as_such_and_not_published(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(Status.NON_COMPLIANT)

    answer_custom_resource(request("Create"), Context(), environment(fake, tmp_path, recorded, BLOCKING))

    assert [run["answer"] for run in fake.objects.values()] == ["Recorded"]
    assert fake.metrics == []


def test_the_reason_of_a_refusal_names_the_pair_and_stays_short(tmp_path: Path, recorded: Recorded) -> None:
    fake = aws(Status.NON_COMPLIANT)

    answer_custom_resource(request("Update"), Context(), environment(fake, tmp_path, recorded, BLOCKING))

    reason = recorded.responses[0][1]["Reason"]
    assert reason.startswith("FAIL: Bucket violates the blocking rule s3-bucket-versioning-enabled")
    assert len(reason.encode()) < 1024


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
