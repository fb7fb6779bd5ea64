"""SNS and SQS: topics and queues, and their policies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, found, pages
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_TOPIC = ("DisplayName", "KmsMasterKeyId", "SignatureVersion", "TracingConfig")
_QUEUE_NUMBERS = (
    "DelaySeconds",
    "KmsDataKeyReusePeriodSeconds",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "ReceiveMessageWaitTimeSeconds",
    "VisibilityTimeout",
)
_PROTOCOLS = {"HTTP": "http/s", "SQS": "sqs", "Lambda": "lambda", "Firehose": "firehose", "Application": "application"}


def read_topics(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("sns")
    for topic in pages(client, "list_topics", "Topics"):
        arn = topic["TopicArn"]
        attributes = found(client.get_topic_attributes, TopicArn=arn).get("Attributes") or {}
        properties = {name: attributes.get(name) for name in _TOPIC} | {
            "TopicName": arn.rsplit(":", 1)[-1],
            "FifoTopic": attributes.get("FifoTopic") == "true" or None,
            "DeliveryStatusLogging": list(_delivery_logging(attributes)),
            "Tags": found(client.list_tags_for_resource, ResourceArn=arn).get("Tags"),
        }
        identity = {"TopicArn": arn, "Arn": arn, "Name": properties["TopicName"]}
        yield Resource(arn, "AWS::SNS::Topic", arn, compact(properties), identity)
        yield from _policy("AWS::SNS::TopicPolicy", "Topics", arn, attributes.get("Policy"))


def _delivery_logging(attributes: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for prefix, protocol in _PROTOCOLS.items():
        roles = {
            "SuccessFeedbackRoleArn": attributes.get(f"{prefix}SuccessFeedbackRoleArn"),
            "FailureFeedbackRoleArn": attributes.get(f"{prefix}FailureFeedbackRoleArn"),
            "SuccessFeedbackSampleRate": attributes.get(f"{prefix}SuccessFeedbackSampleRate"),
        }
        if compact(roles):
            yield {"Protocol": protocol} | compact(roles)


def read_queues(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("sqs")
    for url in pages(client, "list_queues", "QueueUrls"):
        attributes = found(client.get_queue_attributes, QueueUrl=url, AttributeNames=["All"]).get("Attributes") or {}
        arn = attributes.get("QueueArn", "")
        yield Resource(url, "AWS::SQS::Queue", url, _queue(attributes), {"Arn": arn, "Name": arn.rsplit(":", 1)[-1]})
        yield from _policy("AWS::SQS::QueuePolicy", "Queues", url, attributes.get("Policy"))


def _queue(attributes: Mapping[str, Any]) -> Mapping[str, Any]:
    redrive, allowed = attributes.get("RedrivePolicy"), attributes.get("RedriveAllowPolicy")
    numbers = {name: int(attributes[name]) for name in _QUEUE_NUMBERS if attributes.get(name)}
    return numbers | compact(
        {
            "QueueName": attributes.get("QueueArn", "").rsplit(":", 1)[-1],
            "FifoQueue": attributes.get("FifoQueue") == "true" or None,
            "KmsMasterKeyId": attributes.get("KmsMasterKeyId"),
            "SqsManagedSseEnabled": attributes.get("SqsManagedSseEnabled") == "true",
            "RedrivePolicy": json.loads(redrive) if redrive else None,
            "RedriveAllowPolicy": json.loads(allowed) if allowed else None,
        }
    )


def _policy(kind: str, holders: str, holder: str, policy: str | None) -> Iterator[Resource]:
    if policy:
        physical_id = f"{holder}/policy"
        yield Resource(physical_id, kind, physical_id, {holders: [holder], "PolicyDocument": json.loads(policy)})
