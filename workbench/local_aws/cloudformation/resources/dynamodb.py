"""Amazon DynamoDB: tables, with their indexes, protection and streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import Setting, apply_settings, gone_is_fine, pick, retagged

_AT_CREATION = (
    "AttributeDefinitions",
    "BillingMode",
    "DeletionProtectionEnabled",
    "GlobalSecondaryIndexes",
    "KeySchema",
    "LocalSecondaryIndexes",
    "ProvisionedThroughput",
)
_NO_RECOVERY = {"PointInTimeRecoveryEnabled": False}

_SETTINGS = {
    "PointInTimeRecoverySpecification": Setting(
        lambda dynamodb, name, value: call(
            dynamodb, "update_continuous_backups", TableName=name, PointInTimeRecoverySpecification=value
        ),
        lambda dynamodb, name: call(
            dynamodb, "update_continuous_backups", TableName=name, PointInTimeRecoverySpecification=_NO_RECOVERY
        ),
    ),
    "TimeToLiveSpecification": Setting(
        lambda dynamodb, name, value: call(
            dynamodb, "update_time_to_live", TableName=name, TimeToLiveSpecification=value
        ),
        lambda dynamodb, name: call(
            dynamodb,
            "update_time_to_live",
            TableName=name,
            TimeToLiveSpecification={"Enabled": False, "AttributeName": "ttl"},
        ),
    ),
    "ResourcePolicy": Setting(
        lambda dynamodb, name, value: call(
            dynamodb, "put_resource_policy", ResourceArn=_arn(dynamodb, name), Policy=value["PolicyDocument"]
        ),
        lambda dynamodb, name: dynamodb.delete_resource_policy(ResourceArn=_arn(dynamodb, name)),
    ),
}
_HELD = frozenset(
    {"StreamSpecification", "SSESpecification", "TableName", "Tags", "WarmThroughput", *_AT_CREATION, *_SETTINGS}
)


def _create(properties: Properties, context: Context) -> Physical:
    dynamodb = context.client("dynamodb")
    name = properties.get("TableName") or context.name(255)
    call(
        dynamodb,
        "create_table",
        TableName=name,
        SSESpecification=_encryption(properties),
        StreamSpecification=_stream(properties),
        Tags=context.tag_list(properties) or None,
        **pick(properties, *_AT_CREATION),
    )
    context.exists(name)
    apply_settings(_SETTINGS, dynamodb, name, {}, properties)
    return _physical(dynamodb, name)


def _update(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    dynamodb = context.client("dynamodb")
    for change in _changes(old, new):
        call(dynamodb, "update_table", TableName=name, **change)
    apply_settings(_SETTINGS, dynamodb, name, old, new)
    _retag(dynamodb, name, new, context)
    return _physical(dynamodb, name)


def _delete(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("dynamodb").delete_table(TableName=name)


def _changes(old: Properties, new: Properties) -> Iterator[dict[str, Any]]:
    """The calls of UpdateTable that lead from the old to the new properties; one call changes one index."""
    definitions = {"AttributeDefinitions": new["AttributeDefinitions"]}
    for update in _index_updates(old.get("GlobalSecondaryIndexes") or [], new.get("GlobalSecondaryIndexes") or []):
        yield {**definitions, "GlobalSecondaryIndexUpdates": [update]}
    changed = {}
    if old.get("BillingMode", "PROVISIONED") != new.get("BillingMode", "PROVISIONED"):
        changed["BillingMode"] = new.get("BillingMode", "PROVISIONED")
    if old.get("ProvisionedThroughput") != new.get("ProvisionedThroughput"):
        changed["ProvisionedThroughput"] = new.get("ProvisionedThroughput")
    if old.get("DeletionProtectionEnabled") != new.get("DeletionProtectionEnabled"):
        changed["DeletionProtectionEnabled"] = new.get("DeletionProtectionEnabled", False)
    if _encryption(old) != _encryption(new):
        changed["SSESpecification"] = _encryption(new) or {"Enabled": False}
    if changed:
        yield changed
    yield from _stream_changes(_stream(old), _stream(new))


def _index_updates(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    before = {index["IndexName"]: index for index in old}
    after = {index["IndexName"]: index for index in new}
    for name, index in before.items():
        if name not in after or _shape(after[name]) != _shape(index):
            yield {"Delete": {"IndexName": name}}
    for name, index in after.items():
        if name not in before or _shape(before[name]) != _shape(index):
            yield {"Create": index}
        elif before[name] != index and "ProvisionedThroughput" in index:
            yield {"Update": {"IndexName": name, "ProvisionedThroughput": index["ProvisionedThroughput"]}}


def _shape(index: dict[str, Any]) -> Any:
    return index["KeySchema"], index.get("Projection")


def _stream_changes(old: Any, new: Any) -> Iterator[dict[str, Any]]:
    if old == new:
        return
    if old:
        yield {"StreamSpecification": {"StreamEnabled": False}}
    if new:
        yield {"StreamSpecification": new}


def _encryption(properties: Properties) -> dict[str, Any] | None:
    given = properties.get("SSESpecification")
    return None if given is None else {**pick(given, "KMSMasterKeyId", "SSEType"), "Enabled": given["SSEEnabled"]}


def _stream(properties: Properties) -> dict[str, Any] | None:
    given = properties.get("StreamSpecification")
    return None if given is None else {"StreamEnabled": True, "StreamViewType": given["StreamViewType"]}


def _retag(dynamodb: Any, name: str, properties: Properties, context: Context) -> None:
    arn, wanted = _arn(dynamodb, name), context.tag_map(properties)
    current = {tag["Key"]: tag["Value"] for tag in dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"]}
    if gone := retagged(current, wanted):
        dynamodb.untag_resource(ResourceArn=arn, TagKeys=gone)
    if wanted != current and wanted:
        dynamodb.tag_resource(ResourceArn=arn, Tags=context.tag_list(properties))


def _arn(dynamodb: Any, name: str) -> str:
    return str(dynamodb.describe_table(TableName=name)["Table"]["TableArn"])


def _physical(dynamodb: Any, name: str) -> Physical:
    table = dynamodb.describe_table(TableName=name)["Table"]
    stream = {"StreamArn": table["LatestStreamArn"]} if "LatestStreamArn" in table else {}
    return Physical(name, {"Arn": table["TableArn"], "TableId": table.get("TableId", name), **stream})


PROVIDERS = {
    "AWS::DynamoDB::Table": Provider(
        _create,
        _update,
        _delete,
        replaces=frozenset({"TableName", "KeySchema", "LocalSecondaryIndexes"}),
        held=_HELD,
        tagged=True,
    ),
}
