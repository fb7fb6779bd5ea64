"""What the topics of a stack are told: every event, as lines of text."""

from __future__ import annotations

import json
import logging
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from workbench.local_aws.cloudformation.model import Stack, StackEvent
from workbench.local_aws.timestamps import in_milliseconds

logger = logging.getLogger(__name__)

SUBJECT = "AWS CloudFormation Notification"


def notify(stack: Stack, event: StackEvent, sns: Any) -> None:
    """Tells every topic of the stack; one that is not there costs its message only."""
    for arn in stack.definition.notification_arns:
        try:
            sns.publish(TopicArn=arn, Subject=SUBJECT, Message=message(stack, event))
        except (BotoCoreError, ClientError) as error:
            logger.warning("%s could not be told about stack %s: %s", arn, stack.name, error)


def message(stack: Stack, event: StackEvent) -> str:
    """The event in CloudFormation's text form: one `Name='value'` a line."""
    properties = "null" if event.properties is None else json.dumps(event.properties, default=str)
    values = {
        "StackId": stack.stack_id,
        "Timestamp": in_milliseconds(event.timestamp),
        "EventId": event.event_id,
        "LogicalResourceId": event.logical_id,
        "Namespace": stack.stack_id.split(":")[4],
        "PhysicalResourceId": event.physical_id or "",
        "ResourceProperties": properties,
        "ResourceStatus": event.status,
        "ResourceStatusReason": event.reason or "",
        "ResourceType": event.type,
        "StackName": stack.name,
        "ClientRequestToken": event.token or "null",
    }
    return "".join(f"{name}='{value}'\n" for name, value in values.items())
