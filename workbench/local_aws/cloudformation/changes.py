"""What an update would change, before it is done: the content of a change set.

Owns the comparison of a definition with the stack as it is. Pure, given the blueprint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from workbench.local_aws.cloudformation.blueprint import Blueprint, Live
from workbench.local_aws.cloudformation.model import Definition, Stack, StackResource
from workbench.local_aws.cloudformation.provider import Provider
from workbench.local_aws.cloudformation.provisioning import Wanted, changed_properties

NOTHING_CHANGED = (
    "The submitted information didn't contain changes. Submit different information to create a change set."
)
NO_UPDATES = "No updates are to be performed."

_COMPARED_ATTRIBUTES = ("Metadata", "CreationPolicy", "UpdatePolicy", "DeletionPolicy", "UpdateReplacePolicy")


@dataclass(frozen=True)
class Plan:
    """`changes` in the shape of DescribeChangeSet; `is_empty` also looks at outputs and tags."""

    changes: tuple[Mapping[str, Any], ...]
    is_empty: bool


class _Unborn(dict[str, Any]):
    """Attributes of a resource that does not exist yet: each has a value that nothing else has."""

    def __init__(self, logical_id: str) -> None:
        super().__init__()
        self._logical_id = logical_id

    def __contains__(self, attribute: object) -> bool:
        return True

    def __missing__(self, attribute: str) -> str:
        return f"{self._logical_id}.{attribute} (known after deployment)"


def plan(
    stack: Stack,
    definition: Definition,
    draw: Callable[[Definition, Live], Blueprint],
    provider_of: Callable[[str], Provider],
) -> Plan:
    """Raises InvalidTemplate and ProvisioningError for a definition that cannot be resolved."""
    current = {name: resource for name, resource in stack.resources.items() if resource.physical_id}
    unborn: dict[str, StackResource] = {}
    blueprint = draw(definition, lambda name: unborn.get(name) or current.get(name))
    changes = []
    for logical_id in blueprint.graph:
        old = current.get(logical_id)
        wanted = blueprint.wanted(logical_id)
        change = _added(wanted) if old is None else _modified(old, wanted, provider_of, definition.tags)
        if change is None:
            continue
        changes.append(_change(change))
        if change.get("Replacement") != "False":
            unborn[logical_id] = _placeholder(wanted)
    removed = [_change(_removed(resource)) for name, resource in current.items() if name not in blueprint.graph]
    whole = not any(resource.status.endswith("_FAILED") for resource in stack.resources.values())
    same = whole and not changes and not removed and definition.tags == stack.definition.tags
    return Plan((*changes, *removed), same and blueprint.outputs() == stack.outputs)


def _change(resource_change: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Type": "Resource", "ResourceChange": resource_change}


def _added(wanted: Wanted) -> Mapping[str, Any]:
    return {
        "Action": "Add",
        "LogicalResourceId": wanted.logical_id,
        "ResourceType": wanted.type,
        "Scope": [],
        "Details": [],
    }


def _removed(resource: StackResource) -> Mapping[str, Any]:
    return {
        "PolicyAction": "Retain" if resource.is_retained else "Delete",
        "Action": "Remove",
        "LogicalResourceId": resource.logical_id,
        "PhysicalResourceId": resource.physical_id,
        "ResourceType": resource.type,
        "Scope": [],
        "Details": [],
    }


def _modified(
    old: StackResource, wanted: Wanted, provider_of: Callable[[str], Provider], tags: Mapping[str, str]
) -> Mapping[str, Any] | None:
    provider = provider_of(wanted.type)
    properties = changed_properties(old.properties, wanted.properties)
    attributes = [name for name in _COMPARED_ATTRIBUTES if old.body.get(name) != wanted.body.get(name)]
    scope = [*(["Properties"] if properties else []), *attributes]
    if provider.tagged and old.tags != tags:
        scope.append("Tags")
    if not scope:
        return None
    must_replace = provider.must_replace(properties)
    return {
        "Action": "Modify",
        "LogicalResourceId": old.logical_id,
        "PhysicalResourceId": old.physical_id,
        "ResourceType": old.type,
        "Replacement": "True" if must_replace else "False",
        "Scope": scope,
        "Details": [_detail(name, provider) for name in sorted(properties)],
    }


def _detail(name: str, provider: Provider) -> Mapping[str, Any]:
    recreation = "Always" if provider.must_replace(frozenset({name})) else "Never"
    target = {"Attribute": "Properties", "Name": name, "RequiresRecreation": recreation}
    return {"Target": target, "Evaluation": "Static", "ChangeSource": "DirectModification"}


def _placeholder(wanted: Wanted) -> StackResource:
    physical_id = _Unborn(wanted.logical_id)["Ref"]
    epoch = datetime.fromtimestamp(0, UTC)
    resource = StackResource(wanted.logical_id, wanted.type, "CREATE_IN_PROGRESS", epoch, physical_id)
    return replace(resource, attributes=_Unborn(wanted.logical_id))
