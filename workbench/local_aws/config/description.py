"""Configuration items as clients and custom rules see them. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from workbench.local_aws.config.items import GLOBAL_TYPES, STACK, Item
from workbench.local_aws.config.shapes import describe
from workbench.local_aws.service import RequestContext
from workbench.local_aws.timestamps import in_milliseconds
from workbench.resources import Resource

VERSION = "1.3"
_STACK_TAG = "aws:cloudformation:stack-id"


def base_item(item: Item, context: RequestContext) -> dict[str, Any]:
    """A `BaseConfigurationItem`: configuration and what supplements it are texts."""
    configuration, supplement = describe(item.resource)
    deleted = item.is_deleted
    return _identity(item, context) | {
        "version": VERSION,
        "accountId": context.account,
        "configurationItemCaptureTime": item.captured_at,
        "configurationItemStatus": item.status,
        "configurationStateId": _state_id(item),
        "configuration": "null" if deleted else json.dumps(configuration, default=str),
        "supplementaryConfiguration": {} if deleted else {name: _text(value) for name, value in supplement.items()},
        "recordingFrequency": "CONTINUOUS",
        "configurationItemDeliveryTime": item.captured_at,
    }


def full_item(item: Item, context: RequestContext) -> dict[str, Any]:
    """A `ConfigurationItem`, with tags and relationships."""
    own = {
        "configurationItemMD5Hash": "",
        "tags": item.tags,
        "relatedEvents": [],
        "relationships": _relationships(item),
    }
    return base_item(item, context) | own


def notified_item(item: Item, context: RequestContext) -> dict[str, Any]:
    """What a custom rule is given of a change: configuration and what supplements it are not texts."""
    configuration, supplement = describe(item.resource)
    deleted = item.is_deleted
    return {
        "relatedEvents": [],
        "relationships": _relationships(item),
        "configuration": None if deleted else configuration,
        "supplementaryConfiguration": {} if deleted else supplement,
        "tags": item.tags,
        "configurationItemVersion": VERSION,
        "configurationItemCaptureTime": stamp(item.captured_at),
        "configurationStateId": int(_state_id(item)),
        "awsAccountId": context.account,
        "accountId": context.account,
        "configurationItemStatus": item.status,
        "configurationStateMd5Hash": "",
        **_identity(item, context),
    } | ({"ARN": arn} if (arn := _arn(item)) else {})


def _identity(item: Item, context: RequestContext) -> dict[str, Any]:
    is_global = item.key[0] in GLOBAL_TYPES
    identity = {
        "resourceType": item.key[0],
        "resourceId": item.key[1],
        "resourceName": item.name,
        "awsRegion": "global" if is_global else context.region,
        "availabilityZone": "Regional" if item.key[0] in _REGIONAL else "Not Applicable",
    }
    return identity | ({"arn": arn} if (arn := _arn(item)) else {})


_REGIONAL = frozenset({"AWS::S3::Bucket", STACK})


def _arn(item: Item) -> str | None:
    """Where Config's id of a resource is its ARN, that is the ARN."""
    return item.resource.attributes.get("Arn") or (item.key[1] if item.key[1].startswith("arn:") else None)


def _state_id(item: Item) -> str:
    """AWS counts in milliseconds; what comes later has the greater id."""
    return str(int(item.captured_at.timestamp() * 1000))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def stamp(value: Any) -> str:
    """A moment as Config writes it into JSON; everything else as a text."""
    if isinstance(value, datetime):
        return in_milliseconds(value)
    return str(value)


def _relationships(item: Item) -> list[dict[str, str]]:
    if item.is_deleted:
        return []
    resource = item.resource
    found = [*_RELATED.get(resource.type, lambda _: ())(resource)]
    if stack := item.tags.get(_STACK_TAG):
        found.append(_related(STACK, "Is contained in ", resourceId=stack, resourceName=stack.split("/")[1]))
    return found


def _related(kind: str, how: str, **names: str) -> dict[str, str]:
    return {"resourceType": kind, "relationshipName": how, **names}


def _of_function(function: Resource) -> Iterator[dict[str, str]]:
    given = function.properties
    yield _related("AWS::IAM::Role", "Is associated with ", resourceName=str(given.get("Role")).rpartition("/")[2])
    vpc = given.get("VpcConfig") or {}
    for group in vpc.get("SecurityGroupIds", ()):
        yield _related("AWS::EC2::SecurityGroup", "Is associated with ", resourceId=group)
    for subnet in vpc.get("SubnetIds", ()):
        yield _related("AWS::EC2::Subnet", "Is contained in ", resourceId=subnet)


def _of_identity(identity: Resource) -> Iterator[dict[str, str]]:
    for arn in identity.properties.get("ManagedPolicyArns", ()):
        if not arn.startswith("arn:aws:iam::aws:"):
            name = arn.rpartition("/")[2]
            yield _related("AWS::IAM::Policy", "Is attached to CustomerManagedPolicy", resourceName=name)


_RELATED: Mapping[str, Callable[[Resource], Iterator[dict[str, str]]]] = {
    "AWS::IAM::Group": _of_identity,
    "AWS::IAM::Role": _of_identity,
    "AWS::IAM::User": _of_identity,
    "AWS::Lambda::Function": _of_function,
}
