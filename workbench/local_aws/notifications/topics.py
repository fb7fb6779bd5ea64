"""What SNS tells a function of a message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


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
    given = {name: {"Type": each["Type"], "Value": each["Value"]} for name, each in (message_attributes or {}).items()}
    notification = {
        "Type": "Notification",
        "MessageId": message_id,
        "TopicArn": subscription.topic_arn,
        "Subject": subject,
        "Message": text,
        "Timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "SignatureVersion": "1",
        "Signature": "EXAMPLE",
        "SigningCertUrl": "https://sns.amazonaws.com/SimpleNotificationService-EXAMPLE.pem",
        "UnsubscribeUrl": f"https://sns.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={subscription.arn}",
        "MessageAttributes": given,
    }
    record = {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": subscription.arn,
        "Sns": notification,
    }
    return {"Records": [record]}
