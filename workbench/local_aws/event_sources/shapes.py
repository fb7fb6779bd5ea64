"""The records that functions are given, by service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workbench.local_aws.event_sources.mapping import EventSourceMapping

_ATTRIBUTE_VALUES = {"StringValue": "stringValue", "BinaryValue": "binaryValue", "DataType": "dataType"}


def queue_record(message: Mapping[str, Any], mapping: EventSourceMapping) -> dict[str, Any]:
    """Of a message as ReceiveMessage gives it."""
    given: Mapping[str, Mapping[str, Any]] = message.get("MessageAttributes") or {}
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": dict(message["Attributes"]),
        "messageAttributes": {name: _attribute(value) for name, value in given.items()},
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": mapping.source_arn,
        "awsRegion": mapping.region,
    }


def _attribute(value: Mapping[str, Any]) -> dict[str, Any]:
    named = {_ATTRIBUTE_VALUES[name]: item for name, item in value.items() if name in _ATTRIBUTE_VALUES}
    return {"stringListValues": [], "binaryListValues": [], **named}


def table_record(record: Mapping[str, Any], mapping: EventSourceMapping) -> dict[str, Any]:
    """Of a record of a table's stream, as moto keeps it."""
    change = dict(record["dynamodb"])
    created = change["ApproximateCreationDateTime"]
    if isinstance(created, datetime):
        change["ApproximateCreationDateTime"] = int(_seconds(created))
    return {**record, "awsRegion": mapping.region, "dynamodb": change, "eventSourceARN": mapping.source_arn}


def stream_record(record: Any, shard_id: str, role: str, mapping: EventSourceMapping) -> dict[str, Any]:
    """Of a record of a Kinesis stream, as moto keeps it."""
    return {
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": record.partition_key,
            "sequenceNumber": str(record.sequence_number),
            "data": record.data,
            "approximateArrivalTimestamp": round(_seconds(record.created_at_datetime), 3),
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": f"{shard_id}:{record.sequence_number}",
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": role,
        "awsRegion": mapping.region,
        "eventSourceARN": mapping.source_arn,
    }


def _seconds(moment: datetime) -> float:
    """moto's times are UTC without a zone."""
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
