"""Every call to AWS that writes: the answer to CodeDeploy, metrics, records."""

import io
import json
from typing import Any

import pytest
from botocore.response import StreamingBody
from fitness.aws import Aws, Stored
from fitness.aws_problem import AwsProblem

from tests.edge.stubbed import StubbedAws

HOOK = {"deploymentId": "d-1", "lifecycleEventHookExecutionId": "e-1", "status": "Succeeded"}


def test_codedeploy_is_answered(stubbed: StubbedAws, aws: Aws) -> None:
    stubbed.expect("codedeploy", "put_lifecycle_event_hook_execution_status", HOOK, {})

    aws.answer_hook("d-1", "e-1", "Succeeded")


def test_an_event_that_is_over_counts_as_answered(stubbed: StubbedAws, aws: Aws) -> None:
    code = "LifecycleEventAlreadyCompletedException"
    stubbed.refuse("codedeploy", "put_lifecycle_event_hook_execution_status", HOOK, code)

    aws.answer_hook("d-1", "e-1", "Succeeded")


def test_an_answer_that_is_denied_is_a_problem(stubbed: StubbedAws, aws: Aws) -> None:
    stubbed.refuse("codedeploy", "put_lifecycle_event_hook_execution_status", HOOK, "AccessDeniedException")

    with pytest.raises(AwsProblem, match="denied: allow it to the role in use"):
        aws.answer_hook("d-1", "e-1", "Succeeded")


def test_metrics_go_out_in_one_call(stubbed: StubbedAws, aws: Aws) -> None:
    points = [{"MetricName": "Fitness", "Value": 84.2}, {"MetricName": "Coverage", "Value": 100.0}]
    stubbed.expect("cloudwatch", "put_metric_data", {"Namespace": "ConfigFitness", "MetricData": points}, {})

    aws.put_metrics("ConfigFitness", points)


def body(text: str) -> StreamingBody:
    return StreamingBody(io.BytesIO(text.encode()), len(text.encode()))


def test_a_record_is_read_with_its_tag(stubbed: StubbedAws, aws: Aws) -> None:
    answer = {"Body": body("{}"), "ETag": '"1"'}
    stubbed.expect("s3", "get_object", {"Bucket": "records", "Key": "baseline.json"}, answer)

    assert aws.read("records", "baseline.json") == Stored("{}", '"1"')


def test_a_record_that_does_not_exist_is_none(stubbed: StubbedAws, aws: Aws) -> None:
    stubbed.refuse("s3", "get_object", {"Bucket": "records", "Key": "baseline.json"}, "NoSuchKey")

    assert aws.read("records", "baseline.json") is None


def put(**condition: str) -> dict[str, Any]:
    content = {"Body": json.dumps({"version": 1}, indent=1).encode(), "ContentType": "application/json"}
    return {"Bucket": "records", "Key": "baseline.json", **content, **condition}


@pytest.mark.parametrize(
    ("previous", "condition"),
    [
        pytest.param(None, {"IfNoneMatch": "*"}, id="the first if there is none"),
        pytest.param(Stored("", '"1"'), {"IfMatch": '"1"'}, id="a later one if it is still the same"),
    ],
)
def test_a_record_is_replaced(
    stubbed: StubbedAws, aws: Aws, previous: Stored | None, condition: dict[str, str]
) -> None:
    stubbed.expect("s3", "put_object", put(**condition), {})

    assert aws.replace("records", "baseline.json", {"version": 1}, previous)


def test_a_record_that_another_writer_replaced_is_kept(stubbed: StubbedAws, aws: Aws) -> None:
    stubbed.refuse("s3", "put_object", put(IfMatch='"1"'), "PreconditionFailed")

    assert not aws.replace("records", "baseline.json", {"version": 1}, Stored("", '"1"'))


def test_keys_come_from_all_pages(stubbed: StubbedAws, aws: Aws) -> None:
    asked = {"Bucket": "records", "Prefix": "runs/"}
    page = {"Contents": [{"Key": "runs/1"}], "IsTruncated": True, "NextContinuationToken": "more"}
    stubbed.expect("s3", "list_objects_v2", asked, page)
    stubbed.expect("s3", "list_objects_v2", {**asked, "ContinuationToken": "more"}, {"Contents": [{"Key": "runs/2"}]})

    assert aws.keys("records", "runs/") == ["runs/1", "runs/2"]
