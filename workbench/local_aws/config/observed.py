"""Which service a request may have changed, as far as AWS Config cares: data that flows is not configuration."""

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


def affected_service(call: Call) -> str | None:
    """The service, named as requests are signed; None when nothing that Config sees can have changed."""
    if not call.writes or call.operation in _DATA_OPERATIONS or call.operation.endswith("/invocations"):
        return None
    if call.service == "s3" and _is_object(call.operation):
        return None
    return call.service


def _is_object(operation: str) -> bool:
    """Whether a request such as `PUT /bucket/key` is about an object."""
    path = operation.partition(" ")[2].strip("/")
    return "/" in path and not path.startswith("v20180820/")
