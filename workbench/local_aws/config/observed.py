"""What a request may have changed, as far as AWS Config cares: data that flows is not configuration."""

from __future__ import annotations

from workbench.local_aws.service import Call

GLOBAL_SERVICES = frozenset({"cloudfront", "iam", "s3"})
"""Services whose resources may lie in another region than the one that a request is signed for."""

_DATA_OPERATIONS = frozenset(
    {
        "BatchExecuteStatement",
        "BatchWriteItem",
        "ChangeMessageVisibility",
        "CreateLogStream",
        "Decrypt",
        "DeleteItem",
        "DeleteMessage",
        "DeleteMessageBatch",
        "Encrypt",
        "Evaluate",
        "ExecuteStatement",
        "GenerateDataKey",
        "GenerateDataKeyWithoutPlaintext",
        "Publish",
        "PublishBatch",
        "PutEvents",
        "PutItem",
        "PutLogEvents",
        "PutMetricData",
        "PutRecord",
        "PutRecords",
        "ReEncrypt",
        "ReceiveMessage",
        "SendMessage",
        "SendMessageBatch",
        "Sign",
        "StartExecution",
        "TransactWriteItems",
        "UpdateItem",
        "Verify",
    }
)


def affected(call: Call) -> str | None:
    """The service, named as requests are signed, or `s3/<bucket>`; None when nothing that Config sees can have changed.

    Buckets take long to read, and every request to S3 names its bucket.
    """
    if not call.writes or call.operation in _DATA_OPERATIONS or call.operation.endswith("/invocations"):
        return None
    if call.service != "s3":
        return call.service
    bucket, _, key = call.operation.partition(" ")[2].strip("/").partition("/")
    return f"s3/{bucket}" if bucket and not key else None


def service_of(place: str) -> str:
    """`s3/orders` -> `s3`."""
    return place.partition("/")[0]
