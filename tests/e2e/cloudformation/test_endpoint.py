"""One endpoint: own operations before moto's, in every protocol, and AWS's own kind of error for the rest."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from workbench.local import traces
from workbench.local_aws import service
from workbench.local_aws.server import LocalAws, Options
from workbench.local_aws.service import AwsError, Call, RequestContext

pytestmark = pytest.mark.slow

MOMENT = datetime(2026, 11, 22, 10, 5, 0, 250000, tzinfo=UTC)


def answer(parameters: Any, context: RequestContext) -> Any:
    """Stands for an own operation of each protocol; the name `bad` fails, the name `bug` breaks."""
    name = next(value for key, value in parameters.items() if "ame" in key)
    if "bad" in str(name):
        raise AwsError("ThrottlingException", f"Rate exceeded in {context.region}")
    if "bug" in str(name):
        raise RuntimeError("unforeseen")
    return ANSWERS[next(key for key in parameters if "ame" in key)]


ANSWERS: dict[str, Any] = {
    "ConfigRuleNames": {"ConfigRulesEvaluationStatus": [{"ConfigRuleName": "a", "FirstActivatedTime": MOMENT}]},
    "FunctionName": {"StatusCode": 202, "Payload": b"payload", "FunctionError": "Unhandled"},
    "StackName": {"Stacks": [{"StackName": "a", "CreationTime": MOMENT, "StackStatus": "CREATE_COMPLETE"}]},
}


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws(Options(recorder=False)) as running:
        service.install("config", {"DescribeConfigRuleEvaluationStatus": answer})
        service.install("lambda", {"Invoke": answer})
        service.install("cloudformation", {"DescribeStacks": answer})
        yield running


def test_an_own_operation_speaks_json(aws: LocalAws) -> None:
    found = aws.client("config").describe_config_rule_evaluation_status(ConfigRuleNames=["a"])
    assert found["ConfigRulesEvaluationStatus"][0]["FirstActivatedTime"] == MOMENT


def test_an_own_operation_speaks_rest(aws: LocalAws) -> None:
    found = aws.client("lambda").invoke(FunctionName="a", Payload=b"{}")
    assert (found["StatusCode"], found["FunctionError"], found["Payload"].read()) == (202, "Unhandled", b"payload")


def test_an_own_operation_speaks_query(aws: LocalAws) -> None:
    stack = aws.client("cloudformation").describe_stacks(StackName="a")["Stacks"][0]
    assert (stack["StackName"], stack["CreationTime"]) == ("a", MOMENT)


@pytest.mark.parametrize(
    ("service_name", "method", "arguments"),
    [
        ("config", "describe_config_rule_evaluation_status", {"ConfigRuleNames": ["bad"]}),
        ("lambda", "invoke", {"FunctionName": "bad"}),
        ("cloudformation", "describe_stacks", {"StackName": "bad"}),
    ],
)
def test_an_own_error_reaches_the_client_in_every_protocol(
    aws: LocalAws, service_name: str, method: str, arguments: dict[str, Any]
) -> None:
    with pytest.raises(ClientError, match="Rate exceeded in eu-west-1") as caught:
        getattr(aws.client(service_name), method)(**arguments)
    assert caught.value.response["Error"]["Code"] == "ThrottlingException"


def test_a_bug_in_an_own_operation_is_an_internal_failure(aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="DescribeStacks failed in the local AWS: RuntimeError: unforeseen") as caught:
        aws.client("cloudformation").describe_stacks(StackName="bug")
    assert caught.value.response["Error"]["Code"] == "InternalFailure"


@pytest.mark.parametrize("wanted", [True, False])
def test_the_trace_of_a_bug_is_written_only_when_it_is_wanted(
    aws: LocalAws,
    capsys: pytest.CaptureFixture[str],
    wanted: bool,
) -> None:
    with traces(wanted), pytest.raises(ClientError):
        aws.client("cloudformation").describe_stacks(StackName="bug")
    assert ("RuntimeError: unforeseen" in capsys.readouterr().err) is wanted


def test_the_other_operations_of_a_service_stay_motos(aws: LocalAws) -> None:
    assert aws.client("lambda").list_functions()["Functions"] == []


PROACTIVE = {
    "EvaluationMode": "PROACTIVE",
    "ResourceDetails": {"ResourceId": "a", "ResourceType": "b", "ResourceConfiguration": "{}"},
}


@pytest.mark.parametrize(
    ("service_name", "method", "arguments"),
    [
        ("config", "start_resource_evaluation", PROACTIVE),
        ("sns", "get_sms_sandbox_account_status", {}),
        ("lambda", "get_account_settings", {}),
        ("cloudformation", "create_stack_set", {"StackSetName": "a"}),
        ("cloudwatch", "get_insight_rule_report", {"RuleName": "a", "StartTime": 1, "EndTime": 2, "Period": 60}),
        ("braket", "search_jobs", {"filters": []}),
    ],
)
def test_what_nobody_implements_is_named(
    aws: LocalAws, service_name: str, method: str, arguments: dict[str, Any]
) -> None:
    with pytest.raises(ClientError, match="The local AWS does not implement") as caught:
        getattr(aws.client(service_name), method)(**arguments)
    assert caught.value.response["Error"]["Code"] == "NotImplemented"


def test_an_observer_hears_of_what_succeeded(aws: LocalAws) -> None:
    heard: list[Call] = []
    service.observe(heard.append)
    aws.client("sqs", "us-west-2").create_queue(QueueName="heard")
    with pytest.raises(ClientError):
        aws.client("sqs").get_queue_url(QueueName="nobody")
    assert heard == [Call("sqs", "CreateQueue", "us-west-2", writes=True)]


def test_each_region_is_a_world_of_its_own(aws: LocalAws) -> None:
    aws.client("sqs", "eu-central-1").create_queue(QueueName="there")
    assert "QueueUrls" not in aws.client("sqs", "eu-north-1").list_queues()


def test_a_presigned_address_takes_and_gives_an_object(aws: LocalAws) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="signed", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    where = {"Bucket": "signed", "Key": "object"}
    put = urllib.request.Request(s3.generate_presigned_url("put_object", where), b"content", method="PUT")  # noqa: S310
    urllib.request.urlopen(put).close()  # noqa: S310
    with urllib.request.urlopen(s3.generate_presigned_url("get_object", where)) as response:  # noqa: S310
        assert response.read() == b"content"


def test_an_object_can_be_addressed_by_the_host_of_its_bucket(aws: LocalAws) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="hosted", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_object(Bucket="hosted", Key="object", Body=b"content")
    url = s3.generate_presigned_url("get_object", {"Bucket": "hosted", "Key": "object"}).replace("/hosted/", "/")
    request = urllib.request.Request(url, headers={"Host": "hosted.s3.localhost:4566"})  # noqa: S310
    with urllib.request.urlopen(request) as response:  # noqa: S310
        assert response.read() == b"content"


def test_a_page_of_our_own_is_served_beside_the_services(aws: LocalAws) -> None:
    def page(_: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"hello"]

    service.mount("/_page/", page)
    with urllib.request.urlopen(f"{aws.url}/_page/anything") as response:  # noqa: S310
        assert response.read() == b"hello"


def test_an_answer_that_nobody_waits_for_is_not_taken(aws: LocalAws) -> None:
    put = urllib.request.Request(f"{aws.url}/_answers/unknown", b"{}", method="PUT")  # noqa: S310
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(put)  # noqa: S310


def test_it_listens_on_this_machine_only(aws: LocalAws) -> None:
    assert aws.url.startswith("http://127.0.0.1:")


def test_each_start_is_empty() -> None:
    with LocalAws(Options(recorder=False)) as first:
        first.client("sqs").create_queue(QueueName="gone")
    with LocalAws(Options(recorder=False)) as second:
        assert "QueueUrls" not in second.client("sqs").list_queues()
