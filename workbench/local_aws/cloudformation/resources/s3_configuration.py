"""The configuration of a bucket: from CloudFormation's shapes to the ones of the S3 API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.resources.settings import pick
from workbench.templates.functions import scalar_text

Shape = Mapping[str, Any]


def encryption(value: Shape) -> Shape:
    return {"Rules": [_encryption_rule(rule) for rule in value["ServerSideEncryptionConfiguration"]]}


def _encryption_rule(rule: Shape) -> Shape:
    return pick(rule, "BucketKeyEnabled", ServerSideEncryptionByDefault="ApplyServerSideEncryptionByDefault")


def logging(value: Shape, bucket: str) -> Shape:
    """Without a destination, a bucket logs into itself."""
    target = {
        "TargetBucket": value.get("DestinationBucketName", bucket),
        "TargetPrefix": value.get("LogFilePrefix", ""),
    }
    return {"LoggingEnabled": {**target, **pick(value, "TargetObjectKeyFormat")}}


def lifecycle(value: Shape) -> Shape:
    return {"Rules": [_lifecycle_rule(rule) for rule in value["Rules"]]}


def _lifecycle_rule(rule: Shape) -> Shape:
    made: dict[str, Any] = {**pick(rule, "Status", Id="ID"), "Filter": _lifecycle_filter(rule)}
    expiration = pick(rule, "ExpiredObjectDeleteMarker", ExpirationInDays="Days", ExpirationDate="Date")
    if expiration:
        made["Expiration"] = expiration
    transitions = [_transition(item) for item in _listed(rule, "Transitions", "Transition")]
    if transitions:
        made["Transitions"] = transitions
    earlier = rule.get("NoncurrentVersionExpiration") or pick(rule, NoncurrentVersionExpirationInDays="NoncurrentDays")
    if earlier:
        made["NoncurrentVersionExpiration"] = earlier
    moved = _listed(rule, "NoncurrentVersionTransitions", "NoncurrentVersionTransition")
    if moved:
        made["NoncurrentVersionTransitions"] = [_noncurrent_transition(item) for item in moved]
    if "AbortIncompleteMultipartUpload" in rule:
        made["AbortIncompleteMultipartUpload"] = rule["AbortIncompleteMultipartUpload"]
    return made


def _lifecycle_filter(rule: Shape) -> Shape:
    conditions = {
        **pick(rule, "Prefix"),
        **pick(rule, "ObjectSizeGreaterThan", "ObjectSizeLessThan"),
    }
    tags = rule.get("TagFilters") or []
    if not tags and len(conditions) <= 1:
        return conditions or {"Prefix": ""}
    if len(tags) == 1 and not conditions:
        return {"Tag": tags[0]}
    return {"And": {**conditions, **({"Tags": tags} if tags else {})}}


def _transition(item: Shape) -> Shape:
    return pick(item, "StorageClass", TransitionInDays="Days", TransitionDate="Date")


def _noncurrent_transition(item: Shape) -> Shape:
    return pick(item, "StorageClass", "NewerNoncurrentVersions", TransitionInDays="NoncurrentDays")


def _listed(rule: Shape, plural: str, singular: str) -> list[Shape]:
    one = [rule[singular]] if singular in rule else []
    return [*rule.get(plural, []), *one]


def replication(value: Shape) -> Shape:
    return {"Role": value["Role"], "Rules": [_replication_rule(rule) for rule in value["Rules"]]}


def _replication_rule(rule: Shape) -> Shape:
    kept = pick(
        rule,
        "DeleteMarkerReplication",
        "Destination",
        "Prefix",
        "Priority",
        "SourceSelectionCriteria",
        "Status",
        Id="ID",
    )
    given = rule.get("Filter")
    if given is None:
        return kept
    tag = pick(given, TagFilter="Tag")
    both = {"And": pick(given["And"], "Prefix", TagFilters="Tags")} if "And" in given else {}
    return {**kept, "Filter": {**pick(given, "Prefix"), **tag, **both}}


_DESTINATIONS = (
    ("LambdaConfigurations", "LambdaFunctionConfigurations", "Function", "LambdaFunctionArn"),
    ("QueueConfigurations", "QueueConfigurations", "Queue", "QueueArn"),
    ("TopicConfigurations", "TopicConfigurations", "Topic", "TopicArn"),
)


def notification(value: Shape) -> Shape:
    made: dict[str, Any] = {}
    for kind, api_kind, target, arn in _DESTINATIONS:
        if value.get(kind):
            made[api_kind] = [_subscription(item, target, arn) for item in value[kind]]
    bridge = value.get("EventBridgeConfiguration")
    if bridge is not None and scalar_text(bridge.get("EventBridgeEnabled", True)) == "true":
        made["EventBridgeConfiguration"] = {}
    return made


def _subscription(item: Shape, target: str, arn: str) -> Shape:
    key = {"Filter": {"Key": {"FilterRules": item["Filter"]["S3Key"]["Rules"]}}} if "Filter" in item else {}
    return {arn: item[target], "Events": [item["Event"]], **key}


def cors(value: Shape) -> Shape:
    rules = [
        pick(
            rule,
            "AllowedHeaders",
            "AllowedMethods",
            "AllowedOrigins",
            ExposedHeaders="ExposeHeaders",
            Id="ID",
            MaxAge="MaxAgeSeconds",
        )
        for rule in value["CorsRules"]
    ]
    return {"CORSRules": rules}


def website(value: Shape) -> Shape:
    made: dict[str, Any] = dict(pick(value, "RedirectAllRequestsTo"))
    if "IndexDocument" in value:
        made["IndexDocument"] = {"Suffix": value["IndexDocument"]}
    if "ErrorDocument" in value:
        made["ErrorDocument"] = {"Key": value["ErrorDocument"]}
    rules = value.get("RoutingRules")
    if rules:
        made["RoutingRules"] = [pick(rule, RedirectRule="Redirect", RoutingRuleCondition="Condition") for rule in rules]
    return made
