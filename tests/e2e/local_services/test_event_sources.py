"""Queues and streams invoke functions by event source mappings, as Lambda's pollers do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.functions import create
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

# Keeps the records of each event in a table; fails on those that say so.
KEEP = """
    import json, os, uuid
    import boto3

    def handler(event, context):
        item = {"id": {"S": uuid.uuid4().hex}, "event": {"S": json.dumps(event)}}
        boto3.client("dynamodb").put_item(TableName=os.environ["SEEN"], Item=item)
        if "poison" in json.dumps(event):
            raise ValueError("poison")
        later = [record["messageId"] for record in event["Records"] if record.get("body") == "later"]
        return {"batchItemFailures": [{"itemIdentifier": each} for each in later]}
    """
Seen = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def seen(aws: LocalAws, request: pytest.FixtureRequest) -> Seen:
    """What the function of this test, `keep-<test>`, was invoked with."""
    name = request.node.name[:50]
    key = {"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "id", "AttributeType": "S"}
    dynamodb = aws.client("dynamodb")
    dynamodb.create_table(
        TableName=name, KeySchema=[key[0]], AttributeDefinitions=[key[1]], BillingMode="PAY_PER_REQUEST"
    )
    create(aws, f"keep-{name}", KEEP, Timeout=20, Environment={"Variables": {"SEEN": name}})
    return lambda: [json.loads(item["event"]["S"]) for item in dynamodb.scan(TableName=name)["Items"]]


@pytest.fixture
def connect(aws: LocalAws, request: pytest.FixtureRequest, seen: Seen) -> Callable[..., str]:
    """Maps a source to this test's function; the UUID of the mapping."""

    def to_function(arn: str, **settings: Any) -> str:
        made = aws.client("lambda").create_event_source_mapping(
            EventSourceArn=arn, FunctionName=f"keep-{request.node.name[:50]}", **settings
        )
        return str(made["UUID"])

    return to_function


def queue(aws: LocalAws, name: str, **attributes: str) -> tuple[str, str]:
    """The URL and the ARN."""
    url = aws.client("sqs").create_queue(QueueName=name, Attributes={"VisibilityTimeout": "30", **attributes})[
        "QueueUrl"
    ]
    return url, f"arn:aws:sqs:eu-west-1:123456789012:{name}"


def left(aws: LocalAws, url: str) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = aws.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return sum(int(found[name]) for name in names)


def test_a_message_is_delivered_as_it_was_sent_and_deleted(aws: LocalAws, seen: Seen, connect: Any) -> None:
    url, arn = queue(aws, "delivered")
    connect(arn)
    who = {"who": {"DataType": "String", "StringValue": "me"}}
    sent = aws.client("sqs").send_message(QueueUrl=url, MessageBody="hello", MessageAttributes=who)
    (record,) = eventually(seen)[0]["Records"]
    assert (record["messageId"], record["md5OfBody"]) == (sent["MessageId"], sent["MD5OfMessageBody"])
    assert record["messageAttributes"]["who"]["stringValue"] == "me"
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert eventually(lambda: left(aws, url) == 0)


def test_messages_that_no_filter_wants_are_deleted(aws: LocalAws, seen: Seen, connect: Any) -> None:
    url, arn = queue(aws, "filtered")
    connect(arn, FilterCriteria={"Filters": [{"Pattern": '{"body": {"kind": ["order"]}}'}]})
    for body in ('{"kind": "other"}', "text", '{"kind": "order"}'):
        aws.client("sqs").send_message(QueueUrl=url, MessageBody=body)
    assert eventually(lambda: left(aws, url) == 0)
    assert [record["body"] for event in seen() for record in event["Records"]] == ['{"kind": "order"}']


def test_a_message_that_fails_too_often_is_a_dead_letter(aws: LocalAws, seen: Seen, connect: Any) -> None:
    dead, dead_arn = queue(aws, "dead")
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 2})
    url, arn = queue(aws, "failing", RedrivePolicy=redrive)
    connect(arn)
    aws.client("sqs").send_message(QueueUrl=url, MessageBody="poison")
    assert eventually(lambda: left(aws, dead) == 1)
    assert len(seen()) == 2


def test_only_the_reported_messages_come_again(aws: LocalAws, seen: Seen, connect: Any) -> None:
    url, arn = queue(aws, "partly")
    for body in ("now", "later"):
        aws.client("sqs").send_message(QueueUrl=url, MessageBody=body)
    connect(arn, FunctionResponseTypes=["ReportBatchItemFailures"])
    assert eventually(lambda: len(seen()) > 1)
    bodies = sorted(sorted(record["body"] for record in event["Records"]) for event in seen())
    assert bodies[0] == ["later"]
    assert bodies[-1] == ["later", "now"]


def table_with_a_stream(aws: LocalAws, name: str) -> str:
    """The ARN of its stream."""
    made = aws.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    return str(made["TableDescription"]["LatestStreamArn"])


def put(aws: LocalAws, table: str, *ids: str) -> None:
    for each in ids:
        aws.client("dynamodb").put_item(TableName=table, Item={"id": {"S": each}})


def changed(events: list[dict[str, Any]]) -> list[str]:
    return [record["dynamodb"]["Keys"]["id"]["S"] for event in events for record in event["Records"]]


def test_a_table_tells_of_its_changes_from_the_start(aws: LocalAws, seen: Seen, connect: Any) -> None:
    arn = table_with_a_stream(aws, "orders")
    put(aws, "orders", "1")
    connect(arn, StartingPosition="TRIM_HORIZON")
    (record,) = eventually(seen)[0]["Records"]
    assert (record["eventName"], record["awsRegion"], record["eventSourceARN"]) == ("INSERT", "eu-west-1", arn)
    assert record["dynamodb"]["NewImage"] == {"id": {"S": "1"}}


def test_an_update_of_an_item_that_was_not_there_is_one_insert(aws: LocalAws, seen: Seen, connect: Any) -> None:
    connect(table_with_a_stream(aws, "counted"), StartingPosition="TRIM_HORIZON")
    for _ in range(2):
        aws.client("dynamodb").update_item(
            TableName="counted",
            Key={"id": {"S": "1"}},
            UpdateExpression="ADD clicks :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )

    def told() -> list[tuple[str, str]]:
        records = [record for event in seen() for record in event["Records"]]
        return [(record["eventName"], record["dynamodb"]["NewImage"]["clicks"]["N"]) for record in records]

    assert eventually(lambda: len(told()) == 2)
    assert sorted(told()) == [("INSERT", "1"), ("MODIFY", "2")]


def test_from_the_latest_on_what_was_before_is_not_told(aws: LocalAws, seen: Seen, connect: Any) -> None:
    arn = table_with_a_stream(aws, "later")
    put(aws, "later", "before")
    connect(arn, StartingPosition="LATEST")
    put(aws, "later", "after")
    assert changed(eventually(seen)) == ["after"]


def test_a_batch_that_fails_is_halved_tried_again_and_told(aws: LocalAws, seen: Seen, connect: Any) -> None:
    arn, (url, dead) = table_with_a_stream(aws, "poisoned"), queue(aws, "discarded")
    put(aws, "poisoned", "good", "poison", "fine")
    connect(
        arn,
        StartingPosition="TRIM_HORIZON",
        BisectBatchOnFunctionError=True,
        MaximumRetryAttempts=2,
        DestinationConfig={"OnFailure": {"Destination": dead}},
    )
    assert eventually(lambda: left(aws, url) == 1)
    told = json.loads(aws.client("sqs").receive_message(QueueUrl=url)["Messages"][0]["Body"])
    assert told["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert (told["DDBStreamBatchInfo"]["batchSize"], told["DDBStreamBatchInfo"]["streamArn"]) == (1, arn)
    assert eventually(lambda: ["fine"] in [changed([event]) for event in seen()])


def test_a_stream_delivers_batches_of_each_shard_in_order(aws: LocalAws, seen: Seen, connect: Any) -> None:
    kinesis = aws.client("kinesis")
    kinesis.create_stream(StreamName="clicks", ShardCount=2)
    connect("arn:aws:kinesis:eu-west-1:123456789012:stream/clicks", StartingPosition="TRIM_HORIZON", BatchSize=2)
    records = [{"Data": str(number).encode(), "PartitionKey": "p"} for number in range(4)]
    kinesis.put_records(StreamName="clicks", Records=records)

    def data() -> list[str]:
        return sorted(record["kinesis"]["data"] for event in seen() for record in event["Records"])

    assert eventually(lambda: len(data()) == 4)
    assert data() == ["MA==", "MQ==", "Mg==", "Mw=="]
    assert all(len(event["Records"]) <= 2 for event in seen())


def test_a_mapping_is_described_with_its_defaults(aws: LocalAws, connect: Any) -> None:
    uuid = connect(table_with_a_stream(aws, "described"), StartingPosition="LATEST")
    found = aws.client("lambda").get_event_source_mapping(UUID=uuid)
    assert (found["State"], found["BatchSize"], found["MaximumRetryAttempts"]) == ("Enabled", 100, -1)
    assert found["DestinationConfig"] == {"OnFailure": {}}
    assert found["LastProcessingResult"] == "No records processed"


def test_a_mapping_that_is_disabled_waits(aws: LocalAws, seen: Seen, connect: Any) -> None:
    url, arn = queue(aws, "paused")
    uuid = connect(arn, Enabled=False)
    aws.client("sqs").send_message(QueueUrl=url, MessageBody="hello")
    assert not eventually(seen, 0.5)
    assert aws.client("lambda").update_event_source_mapping(UUID=uuid, Enabled=True)["State"] == "Enabling"
    assert eventually(seen)


def test_a_mapping_of_an_alias_keeps_to_the_alias(aws: LocalAws, seen: Seen, connect: Any) -> None:
    function, client = "keep-test_a_mapping_of_an_alias_keeps_to_the_alias", aws.client("lambda")
    client.create_alias(
        FunctionName=function, Name="live", FunctionVersion=client.publish_version(FunctionName=function)["Version"]
    )
    made = client.create_event_source_mapping(EventSourceArn=queue(aws, "aliased")[1], FunctionName=f"{function}:live")
    assert made["FunctionArn"].endswith(f"{function}:live")
    assert client.list_event_source_mappings(FunctionName=function)["EventSourceMappings"] == []
    assert len(client.list_event_source_mappings(FunctionName=f"{function}:live")["EventSourceMappings"]) == 1


@pytest.mark.parametrize(
    ("timeout", "source", "message"),
    [
        ("10", "short", "Queue visibility timeout: 10 seconds is less than Function timeout: 20 seconds"),
        ("30", "nowhere", "The specified queue does not exist"),
    ],
)
def test_a_queue_that_cannot_be_read_is_refused(
    aws: LocalAws, connect: Any, timeout: str, source: str, message: str
) -> None:
    _, arn = (
        queue(aws, "short", VisibilityTimeout=timeout)
        if source == "short"
        else ("", "arn:aws:sqs:eu-west-1:123456789012:nowhere")
    )
    with pytest.raises(ClientError, match=message):
        connect(arn)


def test_what_does_not_exist_is_told(aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="The resource you requested does not exist"):
        aws.client("lambda").update_event_source_mapping(UUID="00000000-0000-0000-0000-000000000000")
