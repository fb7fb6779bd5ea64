"""Queues and topics as AWS Config describes them: by their attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.config.shapes.words import Description, as_text, without
from workbench.local_aws.config.state.reading import compact
from workbench.resources import Resource

_PROTOCOLS = {"application": "Application", "firehose": "Firehose", "http/s": "HTTP", "lambda": "Lambda", "sqs": "SQS"}


def queue(resource: Resource) -> Description:
    given = resource.properties
    documents = {name: _text(given.get(name)) for name in ("RedrivePolicy", "RedriveAllowPolicy")}
    configuration = {
        "QueueUrl": resource.physical_id,
        "QueueArn": resource.attributes.get("Arn"),
        **without(given, *documents, "FifoQueue", "SqsManagedSseEnabled", "Tags"),
        "SqsManagedSseEnabled": _flag(given.get("SqsManagedSseEnabled")),
        **compact({"FifoQueue": "true" if given.get("FifoQueue") else None, **documents}),
    }
    return {**configuration, **_policy(resource, "AWS::SQS::QueuePolicy")}, {}


def topic(resource: Resource) -> Description:
    given = resource.properties
    configuration = {
        "TopicArn": resource.physical_id,
        "Owner": resource.physical_id.split(":")[4],
        **without(given, "DeliveryStatusLogging", "FifoTopic", "Tags", "TopicName"),
        **compact({"FifoTopic": "true" if given.get("FifoTopic") else None}),
    }
    for logging in given.get("DeliveryStatusLogging", ()):
        prefix = _PROTOCOLS[logging["Protocol"]]
        configuration |= {f"{prefix}{name}": value for name, value in without(logging, "Protocol").items()}
    return {**configuration, **_policy(resource, "AWS::SNS::TopicPolicy")}, {"Tags": given.get("Tags") or []}


def _policy(resource: Resource, kind: str) -> Mapping[str, str]:
    documents = [other.properties["PolicyDocument"] for other in resource.related if other.type == kind]
    return {"Policy": as_text(documents[0])} if documents else {}


def _text(document: Any) -> str | None:
    return as_text(document) if document else None


def _flag(value: Any) -> str:
    return "true" if value else "false"
