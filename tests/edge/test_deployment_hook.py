"""The deployment hook: when it judges, what it leaves behind, and that it always answers once."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from fitness.aws_problem import AwsProblem
from fitness.deployment_hook import answer_deployment
from fitness.model import Status

from tests.edge.environments import Context, Recorded, environment
from tests.edge.fake_aws import START, FakeAws
from tests.edge.judged import BLOCKING, aws

HOOK = {"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "e-1"}


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
