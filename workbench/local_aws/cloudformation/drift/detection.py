"""Detecting drift: each resource of a stack beside what its service holds.

Owns the verdict on a resource and on a stack. A type that nothing here can look at stays NOT_CHECKED.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from workbench.local_aws.cloudformation.drift.actual import CHECKED, Services
from workbench.local_aws.cloudformation.drift.differences import Difference, comparable, differences
from workbench.local_aws.cloudformation.model import StackResource
from workbench.local_aws.cloudformation.schemas import Shape, schema_of

_ANYTHING = Shape({}, {})


@dataclass(frozen=True)
class ResourceDrift:
    """One resource, checked: IN_SYNC, MODIFIED or DELETED."""

    resource: StackResource
    status: str
    checked_at: datetime
    expected: Mapping[str, Any] = field(default_factory=dict)
    actual: Mapping[str, Any] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()


def is_checked(resource: StackResource) -> bool:
    """Whether drift of this resource can be detected at all."""
    return resource.type in CHECKED and resource.physical_id is not None


def detect(
    resource: StackResource, siblings: Iterable[StackResource], services: Services, at: datetime
) -> ResourceDrift:
    """The resource as it is now; `siblings` are all resources of its stack."""
    found = services.find(resource)
    schema = schema_of(resource.type) or _ANYTHING
    expected = {name: value for name, value in resource.properties.items() if name in CHECKED[resource.type]}
    if found is None:
        return ResourceDrift(resource, "DELETED", at, expected)
    held = _without_additions(resource, found.properties, siblings)
    told = tuple(
        each
        for name, value in sorted(expected.items())
        for each in differences(value, held.get(name), schema.member(name), f"/{name}")
    )
    actual = {name: comparable(value, held.get(name), schema.member(name)) for name, value in expected.items()}
    shown = {name: value for name, value in actual.items() if value is not None}
    return ResourceDrift(resource, "MODIFIED" if told else "IN_SYNC", at, expected, shown, told)


def of_stack(drifts: Iterable[ResourceDrift]) -> str:
    """DRIFTED as soon as one resource has drifted."""
    return "DRIFTED" if any(drift.status != "IN_SYNC" for drift in drifts) else "IN_SYNC"


def _without_additions(
    resource: StackResource, held: Mapping[str, Any], siblings: Iterable[StackResource]
) -> Mapping[str, Any]:
    """Without what CloudFormation itself adds: the stack's tags, and the policies that other resources attach."""
    own = resource.properties
    tagged = {**held, "Tags": _own_tags(held.get("Tags"), own.get("Tags"), resource.tags)}
    if not resource.type.startswith("AWS::IAM::"):
        return tagged
    attached = [each for each in siblings if each.type in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")]
    inline = {each.properties.get("PolicyName") for each in attached} - _names(own.get("Policies"), "PolicyName")
    managed = {each.physical_id for each in attached} - set(own.get("ManagedPolicyArns") or ())
    return {
        **tagged,
        "Policies": [each for each in held.get("Policies") or () if each.get("PolicyName") not in inline] or None,
        "ManagedPolicyArns": [arn for arn in held.get("ManagedPolicyArns") or () if arn not in managed] or None,
    }


def _own_tags(held: Any, own: Any, of_stack: Mapping[str, str]) -> Any:
    if isinstance(held, Mapping):
        return {key: value for key, value in held.items() if not _is_passed_on(key, value, own or {}, of_stack)} or None
    keys = _names(own, "Key")
    return [tag for tag in held or () if not _is_passed_on(tag["Key"], tag["Value"], keys, of_stack)] or None


def _is_passed_on(key: str, value: Any, own: Any, of_stack: Mapping[str, str]) -> bool:
    return key not in own and (key.startswith("aws:") or of_stack.get(key) == value)


def _names(items: Any, name: str) -> set[Any]:
    return {item.get(name) for item in items or () if isinstance(item, Mapping)}


@dataclass(frozen=True)
class StackDrift:
    """What is known of the drift of a stack: every resource that was checked, by logical id, and the latest check."""

    status: str = "NOT_CHECKED"
    checked_at: datetime | None = None
    resources: Mapping[str, ResourceDrift] = field(default_factory=dict)

    def of(self, logical_id: str) -> ResourceDrift | None:
        return self.resources.get(logical_id)

    def with_checked(self, drift: ResourceDrift) -> StackDrift:
        return replace(self, resources={**self.resources, drift.resource.logical_id: drift})
