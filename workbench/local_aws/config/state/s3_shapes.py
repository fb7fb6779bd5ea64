"""What S3 answers, in the words of CloudFormation. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.local_aws.config.state.reading import compact

Answer = Mapping[str, Any]

_BLOCKS = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
_GROUPS = "http://acs.amazonaws.com/groups/"
_CANNED = {
    frozenset({("global/AllUsers", "READ")}): "PublicRead",
    frozenset({("global/AllUsers", "READ"), ("global/AllUsers", "WRITE")}): "PublicReadWrite",
    frozenset({("global/AllUsers", "FULL_CONTROL")}): "PublicReadWrite",
    frozenset({("global/AuthenticatedUsers", "READ")}): "AuthenticatedRead",
    frozenset({("s3/LogDelivery", "WRITE"), ("s3/LogDelivery", "READ_ACP")}): "LogDeliveryWrite",
}


def acceleration(answer: Answer) -> Answer:
    return {"AccelerationStatus": answer["Status"]} if answer.get("Status") else {}


def canned_acl(answer: Answer) -> str | None:
    """The canned ACL that gives groups the same; None when no group is given anything."""
    granted = frozenset(
        (grant["Grantee"]["URI"].removeprefix(_GROUPS), grant["Permission"])
        for grant in answer.get("Grants", ())
        if grant["Grantee"].get("URI")
    )
    if not granted:
        return None
    return _CANNED.get(granted) or _widest(granted)


def _widest(granted: frozenset[tuple[str, str]]) -> str:
    """For grants that no canned ACL makes: the one that opens as much."""
    opened = {permission for group, permission in granted if group == "global/AllUsers"}
    if opened & {"WRITE", "FULL_CONTROL"}:
        return "PublicReadWrite"
    if opened:
        return "PublicRead"
    is_known = any(group == "global/AuthenticatedUsers" for group, _ in granted)
    return "AuthenticatedRead" if is_known else "LogDeliveryWrite"


def encryption(answer: Answer | None) -> Answer:
    rules = [
        compact(
            {
                "ServerSideEncryptionByDefault": rule.get("ApplyServerSideEncryptionByDefault"),
                "BucketKeyEnabled": rule.get("BucketKeyEnabled"),
            }
        )
        for rule in (answer or {}).get("Rules", ())
    ]
    return {"ServerSideEncryptionConfiguration": rules} if rules else {}


def cors(answer: Answer) -> Answer:
    return {"CorsRules": [dict(rule) for rule in answer.get("CORSRules", ())]} if answer.get("CORSRules") else {}


def lifecycle(answer: Answer) -> Answer:
    rules = [_lifecycle_rule(rule) for rule in answer.get("Rules", ())]
    return {"Rules": rules} if rules else {}


def _lifecycle_rule(rule: Answer) -> Answer:
    chosen = rule.get("Filter") or {}
    both = chosen.get("And") or {}
    expiration = rule.get("Expiration") or {}
    tags = both.get("Tags") or ([chosen["Tag"]] if chosen.get("Tag") else [])
    return compact(
        {
            "Id": rule.get("ID"),
            "Status": rule["Status"],
            "Prefix": rule.get("Prefix") or chosen.get("Prefix") or both.get("Prefix"),
            "TagFilters": tags,
            "ExpirationInDays": expiration.get("Days"),
            "ExpirationDate": expiration.get("Date"),
            "ExpiredObjectDeleteMarker": expiration.get("ExpiredObjectDeleteMarker"),
            "Transitions": [_transition(each) for each in rule.get("Transitions", ())],
            "NoncurrentVersionExpiration": rule.get("NoncurrentVersionExpiration"),
            "NoncurrentVersionTransitions": [
                compact({"TransitionInDays": each.get("NoncurrentDays"), "StorageClass": each.get("StorageClass")})
                for each in rule.get("NoncurrentVersionTransitions", ())
            ],
            "AbortIncompleteMultipartUpload": rule.get("AbortIncompleteMultipartUpload"),
        }
    )


def _transition(transition: Answer) -> Answer:
    return compact(
        {
            "TransitionInDays": transition.get("Days"),
            "TransitionDate": transition.get("Date"),
            "StorageClass": transition.get("StorageClass"),
        }
    )


def logging(answer: Answer) -> Answer:
    enabled = answer.get("LoggingEnabled") or {}
    return compact({"DestinationBucketName": enabled.get("TargetBucket"), "LogFilePrefix": enabled.get("TargetPrefix")})


def notifications(answer: Answer) -> Answer:
    bridge = {"EventBridgeEnabled": True} if "EventBridgeConfiguration" in answer else {}
    return compact(
        {
            "EventBridgeConfiguration": bridge,
            "LambdaConfigurations": list(_subscriptions(answer, "LambdaFunction", "Function")),
            "QueueConfigurations": list(_subscriptions(answer, "Queue", "Queue")),
            "TopicConfigurations": list(_subscriptions(answer, "Topic", "Topic")),
        }
    )


def _subscriptions(answer: Answer, kind: str, target: str) -> Iterator[Answer]:
    """CloudFormation has one entry an event, the API one a target."""
    for configuration in answer.get(f"{kind}Configurations", ()):
        rules = (configuration.get("Filter") or {}).get("Key", {}).get("FilterRules")
        chosen = {"Filter": {"S3Key": {"Rules": rules}}} if rules else {}
        for event in configuration["Events"]:
            yield {"Event": event, target: configuration[f"{kind}Arn"], **chosen}


def object_lock(answer: Answer) -> bool | None:
    configuration = answer.get("ObjectLockConfiguration") or {}
    return configuration.get("ObjectLockEnabled") == "Enabled" or None


def ownership(answer: Answer) -> Answer:
    rules = (answer.get("OwnershipControls") or {}).get("Rules")
    return {"Rules": rules} if rules else {}


def public_access_block(answer: Answer) -> Answer:
    """A bucket whose block was deleted is open, whereas a template without one means the default: closed."""
    given = answer.get("PublicAccessBlockConfiguration") or {}
    return {block: bool(given.get(block)) for block in _BLOCKS}


def replication(answer: Answer) -> Answer:
    configuration = answer.get("ReplicationConfiguration") or {}
    rules = [
        {("Id" if name == "ID" else name): value for name, value in rule.items()}
        for rule in configuration.get("Rules", ())
    ]
    return {"Role": configuration.get("Role"), "Rules": rules} if rules else {}


def versioning(answer: Answer) -> Answer:
    return compact({"Status": answer.get("Status"), "MFADelete": answer.get("MFADelete")})


def website(answer: Answer) -> Answer:
    return compact(
        {
            "IndexDocument": (answer.get("IndexDocument") or {}).get("Suffix"),
            "ErrorDocument": (answer.get("ErrorDocument") or {}).get("Key"),
            "RedirectAllRequestsTo": answer.get("RedirectAllRequestsTo"),
        }
    )
