"""AWS Secrets Manager secrets and parameters of AWS Systems Manager."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick

_PASSWORD = (
    "ExcludeCharacters",
    "ExcludeLowercase",
    "ExcludeNumbers",
    "ExcludePunctuation",
    "ExcludeUppercase",
    "IncludeSpace",
    "PasswordLength",
    "RequireEachIncludedType",
)


def _create_secret(properties: Properties, context: Context) -> Physical:
    client = context.client("secretsmanager")
    arn = call(
        client,
        "create_secret",
        Name=properties.get("Name") or context.name(256),
        SecretString=_text(client, properties),
        Tags=context.tag_list(properties) or None,
        **pick(properties, "Description", "KmsKeyId"),
    )["ARN"]
    return Physical(arn, {"Id": arn})


def _update_secret(arn: str, old: Properties, new: Properties, context: Context) -> Physical:
    client = context.client("secretsmanager")
    changed = {prop for prop in ("SecretString", "GenerateSecretString") if old.get(prop) != new.get(prop)}
    text = _text(client, new) if changed else None
    call(client, "update_secret", SecretId=arn, SecretString=text, **pick(new, "Description", "KmsKeyId"))
    return Physical(arn, {"Id": arn})


def _delete_secret(arn: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("secretsmanager").delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)


def _text(client: Any, properties: Properties) -> str | None:
    generate: Mapping[str, Any] | None = properties.get("GenerateSecretString")
    if generate is None:
        given = properties.get("SecretString")
        return None if given is None else str(given)
    password = call(client, "get_random_password", **pick(generate, *_PASSWORD))["RandomPassword"]
    key = generate.get("GenerateStringKey")
    if not key:
        return str(password)
    return json.dumps({**json.loads(generate.get("SecretStringTemplate", "{}")), key: password})


def _create_parameter(properties: Properties, context: Context) -> Physical:
    name = properties.get("Name") or context.name(1011)
    tags = context.tag_list(properties) or None
    call(context.client("ssm"), "put_parameter", Name=name, Tags=tags, **_parameter(properties))
    return _named(name, properties, context)


def _update_parameter(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    call(context.client("ssm"), "put_parameter", Name=name, Overwrite=True, **_parameter(new))
    return _named(name, new, context)


def _delete_parameter(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("ssm").delete_parameter(Name=name)


def _parameter(properties: Properties) -> dict[str, Any]:
    return pick(properties, "AllowedPattern", "DataType", "Description", "Policies", "Tier", "Type", "Value")


def _named(name: str, properties: Properties, context: Context) -> Physical:
    arn = context.arn("ssm", f"parameter/{name.lstrip('/')}")
    return Physical(name, {"Arn": arn, "Type": properties["Type"], "Value": properties["Value"]})


PROVIDERS = {
    "AWS::SSM::Parameter": Provider(
        _create_parameter, _update_parameter, _delete_parameter, replaces=frozenset({"Name"})
    ),
    "AWS::SecretsManager::Secret": Provider(
        _create_secret,
        _update_secret,
        _delete_secret,
        replaces=frozenset({"Name"}),
        held=frozenset({"Description", "GenerateSecretString", "KmsKeyId", "Name", "SecretString", "Tags"}),
    ),
}
