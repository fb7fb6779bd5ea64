"""Which capabilities a template needs, and the refusal of a request that does not acknowledge them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.local_aws.service import AwsError

_NAME_PROPERTIES = {
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::InstanceProfile": "InstanceProfileName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
}
_IAM_TYPES = {*_NAME_PROPERTIES, "AWS::IAM::AccessKey", "AWS::IAM::Policy", "AWS::IAM::UserToGroupAddition"}


def check(resources: Mapping[str, Mapping[str, Any]], given: Iterable[str]) -> None:
    """Raises AwsError (InsufficientCapabilitiesException) when IAM resources are not acknowledged."""
    needed = _needed(resources)
    if needed and not needed & set(given):
        asked = "CAPABILITY_IAM" if "CAPABILITY_IAM" in needed else "CAPABILITY_NAMED_IAM"
        raise AwsError("InsufficientCapabilitiesException", f"Requires capabilities : [{asked}]")


def check_macros(transforms: list[str], given: Iterable[str]) -> None:
    """Raises AwsError when a template with transforms is deployed directly, without a change set to look at first."""
    if transforms and "CAPABILITY_AUTO_EXPAND" not in given:
        raise AwsError("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_AUTO_EXPAND]")


def reason(resources: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Why capabilities are needed, as GetTemplateSummary tells it."""
    kinds = sorted({body["Type"] for body in resources.values() if body["Type"] in _IAM_TYPES})
    return f"The following resource(s) require capabilities: [{', '.join(kinds)}]" if kinds else None


def needed(resources: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The least capability that the template needs, as a list."""
    options = _needed(resources)
    if not options:
        return []
    return ["CAPABILITY_IAM"] if "CAPABILITY_IAM" in options else ["CAPABILITY_NAMED_IAM"]


def _needed(resources: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Any one of these is enough."""
    bodies = [body for body in resources.values() if body["Type"] in _IAM_TYPES]
    if not bodies:
        return set()
    if any(_NAME_PROPERTIES.get(body["Type"]) in (body.get("Properties") or {}) for body in bodies):
        return {"CAPABILITY_NAMED_IAM"}
    return {"CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"}
