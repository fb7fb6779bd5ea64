"""What SNS tells a function of a message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workbench.local_aws.timestamps import in_milliseconds


def told_function(
    subscription: Any,
    message: str,
    message_id: str,
    subject: str | None,
    message_attributes: Mapping[str, Mapping[str, Any]] | None = None,
    message_structure: str | None = None,
    **_: Any,
) -> Mapping[str, Any] | None:
    """The event of a message to moto's subscription; None if its filter policy does not want it."""
    matcher = subscription._filter_policy_matcher
    if matcher is not None and not matcher.matches(message_attributes, message):
        return None
    text = subscription._parse_message_structure(message, "lambda") if message_structure == "json" else message
    notification = _notification(subscription, text, message_id, subject, message_attributes or {})
    record = {"EventSource": "aws:sns", "EventVersion": "1.0", "EventSubscriptionArn": subscription.arn}
    return {"Records": [{**record, "Sns": notification}]}


def _notification(
    subscription: Any, text: str, message_id: str, subject: str | None, attributes: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    return {
        "Type": "Notification",
        "MessageId": message_id,
        "TopicArn": subscription.topic_arn,
        "Subject": subject,
        "Message": text,
        "Timestamp": in_milliseconds(datetime.now(UTC)),
        "SignatureVersion": "1",
        "Signature": "EXAMPLE",
        "SigningCertUrl": "https://sns.amazonaws.com/SimpleNotificationService-EXAMPLE.pem",
        "UnsubscribeUrl": f"https://sns.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={subscription.arn}",
        "MessageAttributes": {
            name: {"Type": each["Type"], "Value": each["Value"]} for name, each in attributes.items()
        },
    }
