"""What an update would change, before it is done: the content of a change set.

Owns the comparison of a definition with the stack as it is. Pure, given the blueprint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from workbench.local_aws.cloudformation.blueprint import Blueprint, Live
from workbench.local_aws.cloudformation.change_details import (
    KNOWN_LATER,
    Changed,
    Detail,
    context,
    is_dynamic,
    of_attribute,
    of_property,
)
from workbench.local_aws.cloudformation.model import RETAINING, Definition, Stack, StackResource
from workbench.local_aws.cloudformation.provider import Provider
from workbench.local_aws.cloudformation.wanted import Wanted, changed_properties

NOTHING_CHANGED = (
    "The submitted information didn't contain changes. Submit different information to create a change set."
)
NO_UPDATES = "No updates are to be performed."

_COMPARED_ATTRIBUTES = ("Metadata", "CreationPolicy", "UpdatePolicy", "DeletionPolicy", "UpdateReplacePolicy")


@dataclass(frozen=True)
class Plan:
    """`changes` in the shape of DescribeChangeSet; `is_empty` also looks at outputs and tags.

    `added` and `modified` are the resources that these changes are about.
    """

    changes: tuple[Mapping[str, Any], ...]
    is_empty: bool
    added: tuple[Wanted, ...] = ()
    modified: tuple[Wanted, ...] = ()


class _Unborn(dict[str, Any]):
    """Attributes of a resource that does not exist yet: each has a value that nothing else has."""

    def __init__(self, logical_id: str) -> None:
        super().__init__()
        self._logical_id = logical_id

    def __contains__(self, attribute: object) -> bool:
        return True

    def __missing__(self, attribute: str) -> str:
        return f"{self._logical_id}.{attribute}{KNOWN_LATER}"


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
    told: dict[str, Mapping[str, Any]] = {}
    added: list[Wanted] = []
    modified: list[Wanted] = []
    parameters = _changed_parameters(stack.definition, definition)
    for logical_id in blueprint.graph:
        old, wanted = current.get(logical_id), blueprint.wanted(logical_id)
        comparison = Comparison(wanted, provider_of(wanted.type), Changed(parameters, frozenset(told)))
        change = comparison.added() if old is None else comparison.modified(old, definition.tags)
        if change is None:
            continue
        told[logical_id] = _change(change)
        (modified if old else added).append(wanted)
        if change.get("Replacement") != "False":
            unborn[logical_id] = _placeholder(wanted)
    removed = [_change(_removed(resource)) for name, resource in current.items() if name not in blueprint.graph]
    whole = not any(resource.status.endswith("_FAILED") for resource in stack.resources.values())
    same = whole and not told and not removed and definition.tags == stack.definition.tags
    is_empty = same and blueprint.outputs() == stack.outputs
    return Plan((*told.values(), *removed), is_empty, tuple(added), tuple(modified))


def _changed_parameters(before: Definition, after: Definition) -> frozenset[str]:
    old, new = (one.template.prepared.scope.parameters for one in (before, after))
    return frozenset(name for name, value in new.items() if old.get(name) != value)


def _change(resource_change: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Type": "Resource", "ResourceChange": resource_change}


def _removed(resource: StackResource) -> Mapping[str, Any]:
    return {
        "PolicyAction": _fate(resource.body.get("DeletionPolicy")),
        "Action": "Remove",
        "LogicalResourceId": resource.logical_id,
        "PhysicalResourceId": resource.physical_id,
        "ResourceType": resource.type,
        "Scope": [],
        "Details": [],
        "BeforeContext": context(resource.properties, resource.body),
    }


def _fate(policy: Any) -> str:
    return {"Snapshot": "Snapshot", **dict.fromkeys(RETAINING, "Retain")}.get(policy, "Delete")


@dataclass(frozen=True)
class Comparison:
    """A resource as it is wanted, to be compared with what there is; `changed` is what changes before it."""

    wanted: Wanted
    provider: Provider
    changed: Changed

    def added(self) -> Mapping[str, Any]:
        return {
            "Action": "Add",
            "LogicalResourceId": self.wanted.logical_id,
            "ResourceType": self.wanted.type,
            "Scope": [],
            "Details": [],
            "AfterContext": context(self.wanted.properties, self.wanted.body),
        }

    def modified(self, old: StackResource, tags: Mapping[str, str]) -> Mapping[str, Any] | None:
        """None if nothing changes."""
        wanted, properties = self.wanted, changed_properties(old.properties, self.wanted.properties)
        attributes = [name for name in _COMPARED_ATTRIBUTES if old.body.get(name) != wanted.body.get(name)]
        retagged = self.provider.tagged and old.tags != tags
        scope = [*(["Properties"] if properties else []), *(["Tags"] if retagged else []), *attributes]
        if not scope:
            return None
        details = [detail for name in sorted(properties) for detail in self._of_property(name, old)]
        replacement = self._replacement(properties, details)
        details += [of_attribute("Tags", dict(old.tags), dict(tags))] if retagged else []
        details += [of_attribute(name, old.body.get(name), wanted.body.get(name)) for name in attributes]
        fate = f"ReplaceAnd{_fate(wanted.body.get('UpdateReplacePolicy'))}"
        return {
            **({"PolicyAction": fate} if replacement != "False" else {}),
            "Action": "Modify",
            "LogicalResourceId": old.logical_id,
            "PhysicalResourceId": old.physical_id,
            "ResourceType": old.type,
            "Replacement": replacement,
            "Scope": scope,
            "Details": details,
            "BeforeContext": context(old.properties, old.body),
            "AfterContext": context(wanted.properties, wanted.body),
        }

    def _of_property(self, name: str, old: StackResource) -> list[Detail]:
        recreation = "Always" if self.provider.must_replace(frozenset({name})) else "Never"
        written = (self.wanted.body.get("Properties") or {}).get(name)
        before, after = old.properties.get(name), self.wanted.properties.get(name)
        return of_property(name, before, after, written, recreation, self.changed)

    def _replacement(self, properties: frozenset[str], details: list[Detail]) -> str:
        if not self.provider.must_replace(properties):
            return "False"
        return "Conditional" if is_dynamic(details) else "True"


def _placeholder(wanted: Wanted) -> StackResource:
    physical_id = _Unborn(wanted.logical_id)["Ref"]
    epoch = datetime.fromtimestamp(0, UTC)
    resource = StackResource(wanted.logical_id, wanted.type, "CREATE_IN_PROGRESS", epoch, physical_id)
    return replace(resource, attributes=_Unborn(wanted.logical_id))
