"""Amazon SQS: queues and their policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.settings import (
    attribute_text,
    gone_is_fine,
    json_text,
    retagged,
    truth,
)

# SQS has no way to unset an attribute; these are its own defaults.
_ATTRIBUTES = {
    "ContentBasedDeduplication": "false",
    "DeduplicationScope": None,
    "DelaySeconds": "0",
    "FifoThroughputLimit": None,
    "KmsDataKeyReusePeriodSeconds": "300",
    "KmsMasterKeyId": "",
    "MaximumMessageSize": "262144",
    "MessageRetentionPeriod": "345600",
    "ReceiveMessageWaitTimeSeconds": "0",
    "RedriveAllowPolicy": "",
    "RedrivePolicy": "",
    "SqsManagedSseEnabled": None,
    "VisibilityTimeout": "30",
}
_CREATE_ONLY = frozenset({"FifoQueue", "QueueName"})


def _create(properties: Properties, context: Context) -> Physical:
    sqs = context.client("sqs")
    fifo = truth(properties.get("FifoQueue", False))
    name = properties.get("QueueName") or context.name(75) + (".fifo" if fifo else "")
    attributes = {key: attribute_text(properties[key]) for key in _ATTRIBUTES if properties.get(key) is not None}
    if fifo:
        attributes["FifoQueue"] = "true"
    url = sqs.create_queue(QueueName=name, Attributes=attributes, tags=context.tag_map(properties))["QueueUrl"]
    return _physical(sqs, url)


def _update(url: str, old: Properties, new: Properties, context: Context) -> Physical:
    sqs = context.client("sqs")
    changed = {
        key: default if new.get(key) is None else attribute_text(new[key])
        for key, default in _ATTRIBUTES.items()
        if old.get(key) != new.get(key)
    }
    attributes = {key: value for key, value in changed.items() if value is not None}
    if attributes:
        sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)
    wanted, current = context.tag_map(new), sqs.list_queue_tags(QueueUrl=url).get("Tags", {})
    if gone := retagged(current, wanted):
        sqs.untag_queue(QueueUrl=url, TagKeys=gone)
    if wanted and wanted != current:
        sqs.tag_queue(QueueUrl=url, Tags=wanted)
    return _physical(sqs, url)


def _delete(url: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("sqs").delete_queue(QueueUrl=url)


def _physical(sqs: Any, url: str) -> Physical:
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return Physical(url, {"Arn": arn, "QueueName": arn.rsplit(":", 1)[1], "QueueUrl": url})


def _create_policy(properties: Properties, context: Context) -> Physical:
    _put(properties, context)
    return Physical(context.name())


def _update_policy(physical_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    for url in set(old["Queues"]) - set(new["Queues"]):
        _clear(url, context)
    _put(new, context)
    return Physical(physical_id)


def _delete_policy(_: str, properties: Properties, context: Context) -> None:
    for url in _urls(properties):
        _clear(url, context)


def _put(properties: Properties, context: Context) -> None:
    policy = json_text(properties["PolicyDocument"])
    for url in _urls(properties):
        context.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})


def _clear(url: str, context: Context) -> None:
    with gone_is_fine():
        context.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": ""})


def _urls(properties: Properties) -> Iterator[str]:
    yield from properties["Queues"]


PROVIDERS = {
    "AWS::SQS::Queue": Provider(
        _create,
        _update,
        _delete,
        replaces=_CREATE_ONLY,
        held=frozenset({*_ATTRIBUTES, *_CREATE_ONLY, "Tags"}),
        tagged=True,
    ),
    "AWS::SQS::QueuePolicy": Provider(_create_policy, _update_policy, _delete_policy),
}
