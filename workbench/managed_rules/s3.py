"""Amazon S3 buckets: what is set on the bucket itself.

Owns versioning, logging, replication, encryption, lifecycle and notifications. Who may enter: `s3_access`.
"""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, Verdict, managed_rule
from workbench.managed_rules.names import is_allowed_key
from workbench.managed_rules.parameters import flag_of, list_of, number_of, text_of
from workbench.managed_rules.properties import (
    Property,
    Unresolved,
    all_of,
    any_of,
    compliant,
    first,
    judged,
    non_compliant,
    not_applicable,
    read,
)
from workbench.resources import Resource

BUCKET = "AWS::S3::Bucket"
DESTINATIONS = (
    ("LambdaConfigurations", "Function"),
    ("QueueConfigurations", "Queue"),
    ("TopicConfigurations", "Topic"),
)


def s3_bucket_logging_enabled(bucket: Resource, parameters: Parameters) -> Finding:
    """Server access logging is on.

    NON_COMPLIANT without LoggingConfiguration, or when its destination differs from targetBucket or targetPrefix.
    The bucket that receives the logs is judged as well.

    Source: AWS Config Developer Guide, s3-bucket-logging-enabled.
    """
    logging = read(bucket, "LoggingConfiguration")
    if not logging.is_set:
        return non_compliant("Server access logging is off.", logging)
    target, prefix = logging.get("DestinationBucketName"), logging.get("LogFilePrefix")
    wanted_target, wanted_prefix = text_of(parameters, "targetBucket"), text_of(parameters, "targetPrefix")
    if wanted_target and target.text(bucket.physical_id) != wanted_target:
        return non_compliant(f"Access logs go to {target.text(bucket.physical_id)}, not to {wanted_target}.", target)
    if wanted_prefix and prefix.text() != wanted_prefix:
        return non_compliant(f"Access logs have the prefix '{prefix.text()}', not '{wanted_prefix}'.", prefix)
    return compliant("Server access logging is on.", logging)


def s3_bucket_replication_enabled(bucket: Resource, parameters: Parameters) -> Finding:
    """The bucket is replicated.

    COMPLIANT when a replication rule is enabled. ReplicationType (CROSS-REGION or SAME-REGION) asks where the copy is,
    which is known only when the destination bucket belongs to the same stack.

    Source: AWS Config Developer Guide, s3-bucket-replication-enabled.
    """
    rules = read(bucket, "ReplicationConfiguration", "Rules")
    active = first(rules.items(), lambda rule: rule.get("Status").text() == "Enabled")
    if active is None:
        return non_compliant("No replication rule is enabled.", rules)
    wanted = text_of(parameters, "ReplicationType").upper()
    if not wanted:
        return compliant("A replication rule is enabled.", active)
    destination = active.get("Destination", "Bucket")
    if not is_copied_within(bucket, active):
        raise Unresolved(f"The region of the destination bucket {destination.text()} is not known", destination)
    return judged(wanted == "SAME-REGION", "The bucket is replicated within its region.", destination)


def is_copied_within(bucket: Resource, rule: Property) -> bool:
    """Whether a replication rule leads to a bucket of the same stack, which lies in the same region."""
    copies = [other.physical_id for other in bucket.related if other.type == BUCKET]
    return rule.get("Destination", "Bucket").text().split(":::")[-1] in copies


def s3_bucket_versioning_enabled(bucket: Resource, parameters: Parameters) -> Finding:
    """Versioning is on.

    NON_COMPLIANT when versioning is off or suspended. With isMfaDeleteEnabled `true` MFA delete must be on too, which
    CloudFormation cannot set.

    Source: AWS Config Developer Guide, s3-bucket-versioning-enabled.
    """
    versioning = read(bucket, "VersioningConfiguration")
    status = versioning.get("Status")
    if status.text() != "Enabled":
        return non_compliant(f"Versioning is {status.text('off').lower()}.", status)
    mfa = versioning.get("MFADelete")
    if text_of(parameters, "isMfaDeleteEnabled") and flag_of(parameters, "isMfaDeleteEnabled"):
        return judged(mfa.text() == "Enabled", f"Versioning is on and MFA delete is {mfa.text('off').lower()}.", mfa)
    return compliant("Versioning is on.", status)


def s3_bucket_server_side_encryption_enabled(bucket: Resource, parameters: Parameters) -> Finding:
    """Objects are encrypted at rest.

    Always COMPLIANT: since January 2023 S3 encrypts every object, with its own keys when nothing else is set.

    Source: AWS Config Developer Guide, s3-bucket-server-side-encryption-enabled; S3 User Guide, default-encryption-faq.
    """
    return compliant("S3 encrypts every object by default.", read(bucket, "BucketEncryption"))


def s3_default_encryption_kms(bucket: Resource, parameters: Parameters) -> Finding:
    """Objects are encrypted with a KMS key by default.

    NON_COMPLIANT unless the default encryption is aws:kms or aws:kms:dsse and, with kmsKeyArns, its key is in the list.

    Source: AWS Config Developer Guide, s3-default-encryption-kms.
    """
    rules = read(bucket, "BucketEncryption", "ServerSideEncryptionConfiguration")
    rule = first(rules.items(), lambda rule: rule.get("ServerSideEncryptionByDefault").is_set)
    if rule is None:
        return non_compliant("The default encryption uses S3's own keys (SSE-S3).", rules)
    default = rule.get("ServerSideEncryptionByDefault")
    algorithm, key = default.get("SSEAlgorithm"), default.get("KMSMasterKeyID")
    if not algorithm.text().startswith("aws:kms"):
        return non_compliant("The default encryption uses S3's own keys (SSE-S3).", algorithm)
    if not is_allowed_key(key, list_of(parameters, "kmsKeyArns")):
        return non_compliant(f"The key {key.text('aws/s3')} is not in kmsKeyArns.", key)
    return compliant("The default encryption uses KMS.", algorithm)


def s3_lifecycle_policy_check(bucket: Resource, parameters: Parameters) -> Finding:
    """A lifecycle rule is active.

    COMPLIANT when one enabled rule has every given value: targetTransitionDays, targetTransitionStorageClass,
    targetExpirationDays, targetPrefix. With bucketNames, other buckets are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, s3-lifecycle-policy-check.
    """
    names = list_of(parameters, "bucketNames")
    if names and bucket.physical_id not in names:
        return not_applicable(f"The bucket {bucket.physical_id} is not in bucketNames.")
    rules = read(bucket, "LifecycleConfiguration", "Rules")
    active = [rule for rule in rules.items() if rule.get("Status").text() == "Enabled"]
    if not active:
        return non_compliant("No lifecycle rule is enabled.", rules)
    match = first(active, lambda rule: _lifecycle_matches(rule, parameters))
    if match is None:
        return non_compliant("No enabled lifecycle rule has the expected values.", active[0])
    return compliant("A lifecycle rule is enabled.", match)


def _lifecycle_matches(rule: Property, parameters: Parameters) -> bool:
    expiration, prefix = number_of(parameters, "targetExpirationDays"), text_of(parameters, "targetPrefix")
    transitions = (*rule.get("Transitions").items(), *rule.get("Transition").items())
    return all_of(
        lambda: expiration is None or rule.get("ExpirationInDays").number() == expiration,
        lambda: not prefix or rule.get("Prefix").text() == prefix,
        lambda: _transition_matches(transitions, parameters),
    )


def _transition_matches(transitions: tuple[Property, ...], parameters: Parameters) -> bool:
    days, storage = number_of(parameters, "targetTransitionDays"), text_of(parameters, "targetTransitionStorageClass")
    if days is None and not storage:
        return True
    return first(transitions, lambda transition: _moves(transition, days, storage)) is not None


def _moves(transition: Property, days: float | None, storage: str) -> bool:
    return all_of(
        lambda: days is None or transition.get("TransitionInDays").number() == days,
        lambda: not storage or transition.get("StorageClass").text() == storage,
    )


def s3_event_notifications_enabled(bucket: Resource, parameters: Parameters) -> Finding:
    """Event notifications are on.

    COMPLIANT when the bucket notifies a function, queue, topic or EventBridge; with destinationArn or eventTypes, when
    it notifies that destination, and of all those types.

    Source: AWS Config Developer Guide, s3-event-notifications-enabled.
    """
    notifications = read(bucket, "NotificationConfiguration")
    wanted, types = text_of(parameters, "destinationArn"), list_of(parameters, "eventTypes")
    if wanted or types:
        return _expected_notifications(notifications, wanted, types)
    on = any_of(lambda: bool(_subscriptions(notifications)), lambda: _reaches_event_bridge(notifications))
    return judged(on, f"The bucket sends {'' if on else 'no '}event notifications.", notifications)


def _reaches_event_bridge(notifications: Property) -> bool:
    bridge = notifications.get("EventBridgeConfiguration")
    return bridge.is_set and bridge.get("EventBridgeEnabled").flag(default=True)


def _expected_notifications(notifications: Property, wanted: str, types: tuple[str, ...]) -> Finding:
    subscribed = [
        event.text() for event, target in _subscriptions(notifications) if not wanted or target.text() == wanted
    ]
    missing = [kind for kind in types if kind not in subscribed]
    if missing or not subscribed:
        what, to = ", ".join(missing) or "any event", wanted or "any destination"
        return non_compliant(f"The bucket does not notify {to} of {what}.", notifications)
    return compliant("The bucket sends the expected event notifications.", notifications)


def _subscriptions(notifications: Property) -> list[tuple[Property, Property]]:
    return [
        (item.get("Event"), item.get(target))
        for kind, target in DESTINATIONS
        for item in notifications.get(kind).items()
    ]


RULES = (
    managed_rule(s3_bucket_logging_enabled, BUCKET, optional=("targetBucket", "targetPrefix")),
    managed_rule(s3_bucket_replication_enabled, BUCKET, optional=("ReplicationType",)),
    managed_rule(s3_bucket_versioning_enabled, BUCKET, optional=("isMfaDeleteEnabled",)),
    managed_rule(s3_bucket_server_side_encryption_enabled, BUCKET, verdicts=(Verdict.COMPLIANT,)),
    managed_rule(s3_default_encryption_kms, BUCKET, optional=("kmsKeyArns",)),
    managed_rule(
        s3_lifecycle_policy_check,
        BUCKET,
        optional=(
            "targetTransitionDays",
            "targetExpirationDays",
            "targetTransitionStorageClass",
            "targetPrefix",
            "bucketNames",
        ),
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
    managed_rule(s3_event_notifications_enabled, BUCKET, optional=("destinationArn", "eventTypes")),
)
