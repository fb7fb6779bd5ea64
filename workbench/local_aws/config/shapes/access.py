"""IAM's resources and KMS keys as AWS Config describes them."""

from __future__ import annotations

from typing import Any

from workbench.local_aws.config.shapes.words import Description, as_text, lowered, without
from workbench.local_aws.config.state.reading import compact, picked
from workbench.resources import Resource


def role(resource: Resource) -> Description:
    configuration = _identity(resource, "role") | {
        "assumeRolePolicyDocument": resource.properties.get("AssumeRolePolicyDocument"),
        "instanceProfileList": [],
    }
    return configuration, {}


def user(resource: Resource) -> Description:
    return _identity(resource, "user") | {"groupList": resource.properties.get("Groups", [])}, {}


def group(resource: Resource) -> Description:
    return _identity(resource, "group"), {}


def _identity(resource: Resource, kind: str) -> dict[str, Any]:
    """What roles, users and groups have in common."""
    given = resource.properties
    own = without(given, "AssumeRolePolicyDocument", "Groups", "ManagedPolicyArns", "Policies", "PermissionsBoundary")
    boundary = given.get("PermissionsBoundary")
    return lowered({"Path": "/", **own, **picked(resource.attributes, "Arn", f"{kind.capitalize()}Id")}) | compact(
        {
            f"{kind}PolicyList": [
                {"policyName": policy["PolicyName"], "policyDocument": policy.get("PolicyDocument")}
                for policy in given.get("Policies", ())
            ],
            "attachedManagedPolicies": [
                {"policyArn": arn, "policyName": arn.rpartition("/")[2]} for arn in given.get("ManagedPolicyArns", ())
            ],
            "permissionsBoundary": {"permissionsBoundaryArn": boundary, "permissionsBoundaryType": "Policy"}
            if boundary
            else None,
        }
    )


def managed_policy(resource: Resource) -> Description:
    given = resource.properties
    holders = [*given.get("Roles", ()), *given.get("Users", ()), *given.get("Groups", ())]
    version = {"versionId": "v1", "isDefaultVersion": True, "document": given.get("PolicyDocument")}
    configuration = lowered(picked(given, "Path", "Description")) | {
        "policyName": given.get("ManagedPolicyName"),
        "policyId": resource.attributes.get("PolicyId"),
        "arn": resource.attributes.get("Arn"),
        "attachmentCount": len(holders),
        "isAttachable": True,
        "policyVersionList": [version],
    }
    return configuration, {}


def key(resource: Resource) -> Description:
    given = resource.properties
    configuration = lowered(picked(resource.attributes, "Arn", "KeyId", "KeyState")) | {
        **lowered(without(given, "KeyPolicy", "EnableKeyRotation", "RotationPeriodInDays", "Tags")),
        "keyManager": "CUSTOMER",
        "customerMasterKeySpec": given.get("KeySpec"),
    }
    supplement = {
        "KeyRotationStatus": bool(given.get("EnableKeyRotation")),
        "Policy": as_text(given.get("KeyPolicy")),
        "Tags": [{"tagKey": tag["Key"], "tagValue": tag["Value"]} for tag in given.get("Tags") or ()],
    }
    return configuration, supplement
