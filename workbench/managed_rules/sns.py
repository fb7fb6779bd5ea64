"""Amazon SNS topics."""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, managed_rule
from workbench.managed_rules.names import is_allowed_key
from workbench.managed_rules.parameters import list_of
from workbench.managed_rules.policies import first_public, statements_of
from workbench.managed_rules.properties import beside, compliant, judged, non_compliant, read
from workbench.resources import Resource

TOPIC = "AWS::SNS::Topic"
POLICIES = ("AWS::SNS::TopicPolicy", "AWS::SNS::TopicInlinePolicy")


def sns_encrypted_kms(topic: Resource, parameters: Parameters) -> Finding:
    """The topic is encrypted with a KMS key.

    NON_COMPLIANT without a KMS key, or when it is not in kmsKeyIds (key ids, key ARNs, alias names or alias ARNs).

    Source: AWS Config Developer Guide, sns-encrypted-kms.
    """
    key = read(topic, "KmsMasterKeyId")
    if not key.is_set:
        return non_compliant("The topic is not encrypted with KMS.", key)
    if not is_allowed_key(key, list_of(parameters, "kmsKeyIds")):
        return non_compliant(f"The key {key.text()} is not in kmsKeyIds.", key)
    return compliant("The topic is encrypted with KMS.", key)


def sns_topic_no_public_access(topic: Resource, parameters: Parameters) -> Finding:
    """Nobody outside has access to the topic.

    NON_COMPLIANT when the topic policy admits everyone without a condition on fixed values. A topic without a policy
    of its own admits its owner only.

    Source: AWS Config Developer Guide, sns-topic-no-public-access.
    """
    statement = first_public(statements_of(beside(topic, *POLICIES)))
    if statement:
        return non_compliant("The topic policy admits everyone.", statement)
    return compliant("The topic is not public.", read(topic))


def sns_topic_message_delivery_notification_enabled(topic: Resource, parameters: Parameters) -> Finding:
    """The topic logs whether its messages were delivered.

    NON_COMPLIANT without delivery status logging for any protocol.

    Source: AWS Config Developer Guide, sns-topic-message-delivery-notification-enabled.
    """
    logging = read(topic, "DeliveryStatusLogging")
    return judged(logging.is_set, f"Delivery status logging is {'on' if logging.is_set else 'off'}.", logging)


RULES = (
    managed_rule(sns_encrypted_kms, TOPIC, optional=("kmsKeyIds",)),
    managed_rule(sns_topic_no_public_access, TOPIC),
    managed_rule(sns_topic_message_delivery_notification_enabled, TOPIC),
)
