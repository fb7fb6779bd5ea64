"""KMS: customer managed keys and their aliases."""

from __future__ import annotations

import json
from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, found, pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_KEY = ("Description", "Enabled", "KeySpec", "KeyUsage", "MultiRegion", "Origin")


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("kms")
    for listed in pages(client, "list_keys", "Keys"):
        key_id = listed["KeyId"]
        key = found(client.describe_key, KeyId=key_id).get("KeyMetadata") or {}
        if key.get("KeyManager") != "CUSTOMER":
            continue
        policy = found(client.get_key_policy, KeyId=key_id, PolicyName="default").get("Policy")
        rotation = found(client.get_key_rotation_status, KeyId=key_id)
        tags = found(client.list_resource_tags, KeyId=key_id).get("Tags") or ()
        properties = picked(key, *_KEY) | compact(
            {
                "KeyPolicy": json.loads(policy) if policy else None,
                "EnableKeyRotation": rotation.get("KeyRotationEnabled"),
                "RotationPeriodInDays": rotation.get("RotationPeriodInDays"),
                "Tags": [{"Key": tag["TagKey"], "Value": tag["TagValue"]} for tag in tags],
            }
        )
        attributes = {"Arn": key["Arn"], "KeyId": key_id, "KeyState": key.get("KeyState")}
        yield Resource(key_id, "AWS::KMS::Key", key_id, properties, attributes)
    for alias in pages(client, "list_aliases", "Aliases"):
        name = alias["AliasName"]
        if alias.get("TargetKeyId") and not name.startswith("alias/aws/"):
            yield Resource(name, "AWS::KMS::Alias", name, picked(alias, "AliasName", "TargetKeyId"))
