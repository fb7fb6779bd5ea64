"""Buckets and topics notify functions, and buckets EventBridge, as S3 and SNS do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.local_services.functions import create
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

# Sends its event to a queue.
FORWARD = """
    import json
    import boto3

    def handler(event, context):
        queue = boto3.resource("sqs").get_queue_by_name(QueueName=context.function_name)
        queue.send_message(MessageBody=json.dumps(event))
    """
Received = Callable[[], Any]


@pytest.fixture
def received(aws: LocalAws, name: str) -> Received:
    """The first event of this test's function, or what was sent to its queue otherwise; None if there is none."""
    sqs = aws.client("sqs")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    return lambda: next((json.loads(m["Body"]) for m in sqs.receive_message(QueueUrl=url).get("Messages", ())), None)


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Of the function, the bucket and whatever else belongs to this test."""
    return str(request.node.name.removeprefix("test_").replace("_", "-")[:50].rstrip("-"))


def bucket(aws: LocalAws, name: str, **notifies: Any) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_bucket_notification_configuration(Bucket=name, NotificationConfiguration=notifies)


def test_a_function_is_told_of_an_object(aws: LocalAws, received: Received, name: str) -> None:
    function = create(aws, name, FORWARD, Timeout=20)
    told = {"Id": "text", "LambdaFunctionArn": function, "Events": ["s3:ObjectCreated:*"]}
    suffix = {"Key": {"FilterRules": [{"Name": "suffix", "Value": ".txt"}]}}
    bucket(aws, name, LambdaFunctionConfigurations=[{**told, "Filter": suffix}])
    for key in ("folder/no.csv", "folder/a b.txt"):
        aws.client("s3").put_object(Bucket=name, Key=key, Body=b"hello")
    (record,) = eventually(received)["Records"]
    assert (record["eventName"], record["s3"]["configurationId"]) == ("ObjectCreated:Put", "text")
    assert (record["s3"]["object"]["key"], record["s3"]["object"]["size"]) == ("folder/a+b.txt", 5)
    assert {"userIdentity", "requestParameters", "responseElements"} <= record.keys()


def test_a_queue_is_told_of_a_removal(aws: LocalAws, received: Received, name: str) -> None:
    arn = f"arn:aws:sqs:eu-west-1:123456789012:{name}"
    bucket(aws, name, QueueConfigurations=[{"QueueArn": arn, "Events": ["s3:ObjectRemoved:*"]}])
    assert eventually(received)["Event"] == "s3:TestEvent"
    aws.client("s3").put_object(Bucket=name, Key="gone", Body=b"x")
    aws.client("s3").delete_object(Bucket=name, Key="gone")
    (record,) = eventually(received)["Records"]
    assert record["eventName"] == "ObjectRemoved:Delete"
    assert record["s3"]["object"].keys() == {"key", "sequencer"}


def rule(aws: LocalAws, name: str, target: str, **more: str) -> None:
    events = aws.client("events")
    pattern = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"bucket": {"name": [name]}}}
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, Targets=[{"Id": "only", "Arn": target, **more}])


def test_eventbridge_is_told_of_an_object(aws: LocalAws, received: Received, name: str) -> None:
    rule(aws, name, f"arn:aws:sqs:eu-west-1:123456789012:{name}")
    bucket(aws, name, EventBridgeConfiguration={})
    aws.client("s3").put_object(Bucket=name, Key="a b.txt", Body=b"hello")
    event = eventually(received)
    assert (event["source"], event["detail-type"]) == ("aws.s3", "Object Created")
    assert event["resources"] == [f"arn:aws:s3:::{name}"]
    assert (event["detail"]["object"]["key"], event["detail"]["reason"]) == ("a b.txt", "PutObject")


def test_a_state_machine_runs_for_an_object(aws: LocalAws, received: Received, name: str) -> None:
    function = create(aws, name, FORWARD, Timeout=20)
    invoke = {"FunctionName": function, "Payload.$": "$.detail.object.key"}
    task = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": invoke, "End": True}
    role = "arn:aws:iam::123456789012:role/function"
    definition = json.dumps({"StartAt": "Tell", "States": {"Tell": task}})
    machine = aws.client("stepfunctions").create_state_machine(name=name, definition=definition, roleArn=role)
    rule(aws, name, machine["stateMachineArn"], RoleArn=role)
    bucket(aws, name, EventBridgeConfiguration={})
    aws.client("s3").put_object(Bucket=name, Key="inventory.csv", Body=b"x")
    assert eventually(received) == "inventory.csv"


def test_a_function_is_told_of_a_message(aws: LocalAws, received: Received, name: str) -> None:
    sns = aws.client("sns")
    topic = sns.create_topic(Name=name)["TopicArn"]
    function = create(aws, name, FORWARD, Timeout=20)
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function, Attributes={"FilterPolicy": '{"kind": ["a"]}'})
    for kind in "ba":
        attributes = {"kind": {"DataType": "String", "StringValue": kind}}
        sent = sns.publish(TopicArn=topic, Message=f"of {kind}", Subject="news", MessageAttributes=attributes)
    (record,) = eventually(received)["Records"]
    assert record["Sns"]["MessageId"] == sent["MessageId"]
    assert (record["Sns"]["Message"], record["Sns"]["Subject"], record["Sns"]["TopicArn"]) == ("of a", "news", topic)
    assert record["Sns"]["MessageAttributes"] == {"kind": {"Type": "String", "Value": "a"}}
