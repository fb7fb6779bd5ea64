"""Buckets and tables as AWS Config describes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.config.shapes.words import Description, as_text, lowered, lowered_value, without
from workbench.local_aws.config.state.reading import compact, picked
from workbench.resources import Resource


def bucket(resource: Resource) -> Description:
    """All that is set on a bucket supplements it."""
    given = resource.properties
    supplement = {
        "AccessControlList": as_text({"grantList": _grants(given.get("AccessControl"))}),
        "BucketAccelerateConfiguration": {"status": _of(given, "AccelerateConfiguration", "AccelerationStatus")},
        "BucketCrossOriginConfiguration": lowered(given.get("CorsConfiguration")),
        "BucketLifecycleConfiguration": _lifecycle(given),
        "BucketLoggingConfiguration": {
            "destinationBucketName": _of(given, "LoggingConfiguration", "DestinationBucketName"),
            "logFilePrefix": _of(given, "LoggingConfiguration", "LogFilePrefix"),
        },
        "BucketNotificationConfiguration": {"configurations": lowered(given.get("NotificationConfiguration"))},
        "BucketPolicy": {"policyText": _policy_text(resource)},
        "BucketReplicationConfiguration": _replication(given),
        "BucketTaggingConfiguration": _tagging(given),
        "BucketVersioningConfiguration": {
            "status": _of(given, "VersioningConfiguration", "Status") or "Off",
            "isMfaDeleteEnabled": _of(given, "VersioningConfiguration", "MFADelete") == "Enabled" or None,
        },
        "BucketWebsiteConfiguration": _website(given),
        "IsRequesterPaysEnabled": False,
        "ObjectLockConfiguration": {"objectLockEnabled": "Enabled"} if given.get("ObjectLockEnabled") else None,
        "OwnershipControls": lowered(given.get("OwnershipControls")),
        "PublicAccessBlockConfiguration": lowered(given.get("PublicAccessBlockConfiguration")),
        "ServerSideEncryptionConfiguration": _encryption(given),
    }
    return {"name": resource.physical_id}, compact(supplement)


def _of(properties: Mapping[str, Any], outer: str, inner: str) -> Any:
    return (properties.get(outer) or {}).get(inner)


_GROUP_GRANTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "AuthenticatedRead": (("AuthenticatedUsers", "Read"),),
    "LogDeliveryWrite": (("LogDelivery", "Write"), ("LogDelivery", "ReadAcp")),
    "PublicRead": (("AllUsers", "Read"),),
    "PublicReadWrite": (("AllUsers", "Read"), ("AllUsers", "Write")),
}


def _grants(canned: str | None) -> list[Mapping[str, Any]]:
    owner = {"grantee": {"id": "owner"}, "permission": "FullControl"}
    return [
        owner,
        *({"grantee": group, "permission": permission} for group, permission in _GROUP_GRANTS.get(canned or "", ())),
    ]


def _lifecycle(properties: Mapping[str, Any]) -> Mapping[str, Any] | None:
    rules = _of(properties, "LifecycleConfiguration", "Rules")
    return {"rules": [_lifecycle_rule(rule) for rule in rules]} if rules else None


def _lifecycle_rule(rule: Mapping[str, Any]) -> Mapping[str, Any]:
    shown = lowered(without(rule, "Transitions", "NoncurrentVersionTransitions", "NoncurrentVersionExpiration"))
    expiration = rule.get("NoncurrentVersionExpiration") or {}
    return shown | compact(
        {
            "transitions": list(map(_transition, rule.get("Transitions", ()))),
            "noncurrentVersionTransitions": [
                _transition(each) for each in rule.get("NoncurrentVersionTransitions", ())
            ],
            "noncurrentVersionExpirationInDays": expiration.get("NoncurrentDays"),
        }
    )


def _transition(transition: Mapping[str, Any]) -> Mapping[str, Any]:
    return compact(
        {
            "days": transition.get("TransitionInDays"),
            "date": transition.get("TransitionDate"),
            "storageClass": transition.get("StorageClass"),
        }
    )


def _policy_text(resource: Resource) -> str | None:
    policies = [other for other in resource.related if other.type == "AWS::S3::BucketPolicy"]
    return as_text(policies[0].properties["PolicyDocument"]) if policies else None


def _replication(properties: Mapping[str, Any]) -> Mapping[str, Any] | None:
    given = properties.get("ReplicationConfiguration")
    if not given:
        return None
    rules = {str(rule.get("Id") or number): lowered(rule) for number, rule in enumerate(given["Rules"], 1)}
    return {"roleARN": given.get("Role"), "rules": rules}


def _tagging(properties: Mapping[str, Any]) -> Mapping[str, Any] | None:
    tags = properties.get("Tags")
    return {"tagSets": [{"tags": {tag["Key"]: tag["Value"] for tag in tags}}]} if tags else None


def _website(properties: Mapping[str, Any]) -> Mapping[str, Any] | None:
    given = properties.get("WebsiteConfiguration")
    if not given:
        return None
    return {"indexDocumentSuffix": given.get("IndexDocument")} | lowered(without(given, "IndexDocument"))


def _encryption(properties: Mapping[str, Any]) -> Mapping[str, Any] | None:
    rules = _of(properties, "BucketEncryption", "ServerSideEncryptionConfiguration")
    return {"rules": [_encryption_rule(rule) for rule in rules]} if rules else None


def _encryption_rule(rule: Mapping[str, Any]) -> Mapping[str, Any]:
    default = rule.get("ServerSideEncryptionByDefault") or {}
    applied = {"sseAlgorithm": default.get("SSEAlgorithm"), "kmsMasterKeyID": default.get("KMSMasterKeyID")}
    return {"applyServerSideEncryptionByDefault": applied, "bucketKeyEnabled": bool(rule.get("BucketKeyEnabled"))}


def table(resource: Resource) -> Description:
    given = resource.properties
    summaries = {
        "TableName": resource.physical_id,
        "TableArn": resource.attributes.get("Arn"),
        "LatestStreamArn": resource.attributes.get("StreamArn"),
        "BillingModeSummary": picked(given, "BillingMode"),
        "ProvisionedThroughput": {
            "NumberOfDecreasesToday": 0,
            "ReadCapacityUnits": 0,
            "WriteCapacityUnits": 0,
            **(given.get("ProvisionedThroughput") or {}),
        },
        "SSEDescription": _table_encryption(given.get("SSESpecification") or {}),
        "StreamSpecification": _stream(given.get("StreamSpecification")),
        "TableClassSummary": picked(given, "TableClass"),
    }
    configuration = lowered(
        picked(resource.attributes, "TableStatus", "TableId")
        | picked(given, "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "LocalSecondaryIndexes")
        | {"DeletionProtectionEnabled": bool(given.get("DeletionProtectionEnabled"))}
        | compact(summaries)
    )
    recovers = _of(given, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")
    backups = {
        "continuousBackupsStatus": "ENABLED",
        "pointInTimeRecoveryDescription": {"pointInTimeRecoveryStatus": "ENABLED" if recovers else "DISABLED"},
    }
    return configuration, {"ContinuousBackupsDescription": backups, "Tags": lowered_value(given.get("Tags") or [])}


def _table_encryption(specification: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if not specification.get("SSEEnabled"):
        return None
    key = {"SSEType": specification.get("SSEType"), "KMSMasterKeyArn": specification.get("KMSMasterKeyId")}
    return {"Status": "ENABLED"} | compact(key)


def _stream(specification: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    return {"StreamEnabled": True, **specification} if specification else None
