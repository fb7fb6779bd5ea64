"""AWS KMS: keys and aliases."""

from __future__ import annotations

from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, json_text, pick, truth

_CREATE_ONLY = ("KeySpec", "KeyUsage", "MultiRegion", "Origin")


def _create_key(properties: Properties, context: Context) -> Physical:
    kms = context.client("kms")
    tags = [{"TagKey": key, "TagValue": value} for key, value in context.tag_map(properties).items()]
    key_id = call(
        kms,
        "create_key",
        Policy=properties.get("KeyPolicy"),
        Tags=tags or None,
        **pick(properties, "Description", *_CREATE_ONLY),
    )["KeyMetadata"]["KeyId"]
    context.exists(key_id)
    _set_rotation(kms, key_id, properties)
    _set_enabled(kms, key_id, properties)
    return _key(key_id, context)


def _update_key(key_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    kms = context.client("kms")
    if old.get("KeyPolicy") != new.get("KeyPolicy") and "KeyPolicy" in new:
        kms.put_key_policy(KeyId=key_id, PolicyName="default", Policy=json_text(new["KeyPolicy"]))
    if old.get("Description") != new.get("Description"):
        kms.update_key_description(KeyId=key_id, Description=new.get("Description", ""))
    _set_rotation(kms, key_id, new)
    _set_enabled(kms, key_id, new)
    return _key(key_id, context)


def _delete_key(key_id: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        call(
            context.client("kms"),
            "schedule_key_deletion",
            KeyId=key_id,
            PendingWindowInDays=properties.get("PendingWindowInDays", 30),
        )


def _set_rotation(kms: Any, key_id: str, properties: Properties) -> None:
    if truth(properties.get("EnableKeyRotation", False)):
        call(kms, "enable_key_rotation", KeyId=key_id, **pick(properties, "RotationPeriodInDays"))
    elif properties.get("KeySpec", "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT":
        kms.disable_key_rotation(KeyId=key_id)


def _set_enabled(kms: Any, key_id: str, properties: Properties) -> None:
    if truth(properties.get("Enabled", True)):
        kms.enable_key(KeyId=key_id)
    else:
        kms.disable_key(KeyId=key_id)


def _key(key_id: str, context: Context) -> Physical:
    return Physical(key_id, {"Arn": context.arn("kms", f"key/{key_id}"), "KeyId": key_id})


def _create_alias(properties: Properties, context: Context) -> Physical:
    call(context.client("kms"), "create_alias", **pick(properties, "AliasName", "TargetKeyId"))
    return Physical(properties["AliasName"])


def _update_alias(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    call(context.client("kms"), "update_alias", **pick(new, "AliasName", "TargetKeyId"))
    return Physical(name)


def _delete_alias(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("kms").delete_alias(AliasName=name)


PROVIDERS = {
    "AWS::KMS::Alias": Provider(_create_alias, _update_alias, _delete_alias, replaces=frozenset({"AliasName"})),
    "AWS::KMS::Key": Provider(_create_key, _update_key, _delete_key, replaces=frozenset(_CREATE_ONLY)),
}
