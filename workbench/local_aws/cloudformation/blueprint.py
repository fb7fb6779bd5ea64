"""What a stack's definition asks for, read against the resources as they are: which exist, in which order, with what.

Owns the resolution of a definition for real: references are answered from live resources, parameters of Systems
Manager and dynamic references from the services, imports from other stacks' exports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench import templates
from workbench.local_aws.cloudformation import dynamic_references
from workbench.local_aws.cloudformation.model import Definition, Output, StackResource
from workbench.local_aws.cloudformation.provider import ProvisioningError
from workbench.local_aws.cloudformation.wanted import Wanted
from workbench.local_aws.cloudformation.wording import template_error
from workbench.resources import Unknown
from workbench.templates import InvalidTemplate, Scope
from workbench.templates.functions import scalar_text
from workbench.templates.intrinsics import first_unknown

Live = Callable[[str], StackResource | None]
"""The resource with this logical id as it is now."""

Exports = Callable[[str], str | None]
"""The value of another stack's export."""


@dataclass(frozen=True)
class Blueprint:
    """The resources and outputs of a definition that its conditions let exist.

    `graph` holds, for each resource, those that must be there before it.
    """

    resources: Mapping[str, Mapping[str, Any]]
    declared_outputs: Mapping[str, Mapping[str, Any]]
    graph: Mapping[str, frozenset[str]]
    scope: Scope
    client: Callable[[str], Any]

    def type_of(self, logical_id: str) -> str:
        return str(self.resources[logical_id]["Type"])

    def wanted(self, logical_id: str) -> Wanted:
        """Raises ProvisioningError for properties that cannot be resolved."""
        body = self.resources[logical_id]
        properties = self._resolved(body.get("Properties") or {}, ("Resources", logical_id, "Properties"))
        policies = self._resolved({key: body[key] for key in _ATTRIBUTES if key in body}, ("Resources", logical_id))
        return Wanted(logical_id, self.type_of(logical_id), properties, {**body, **policies}, self.graph[logical_id])

    def unresolved(self, logical_id: str) -> Wanted:
        """What is known of a resource whose properties cannot be resolved."""
        return Wanted(logical_id, self.type_of(logical_id), {}, self.resources[logical_id], self.graph[logical_id])

    def outputs(self) -> tuple[Output, ...]:
        """Raises ProvisioningError."""
        return tuple(self._output(key, body) for key, body in self.declared_outputs.items())

    def imported_names(self) -> set[str]:
        """The exports of other stacks that this one uses."""
        found = (*_calls(dict(self.resources)), *_calls(dict(self.declared_outputs)))
        return {str(templates.resolve(argument, self.scope)) for argument in found}

    def _output(self, key: str, body: Mapping[str, Any]) -> Output:
        value = self._resolved(body.get("Value"), ("Outputs", key, "Value"))
        export = self._resolved(body.get("Export") or {}, ("Outputs", key, "Export")).get("Name")
        text = ",".join(map(str, value)) if isinstance(value, list) else scalar_text(value)
        return Output(key, text, body.get("Description"), export)

    def _resolved(self, value: Any, path: tuple[str, ...]) -> Any:
        try:
            resolved = templates.resolve(value, self.scope, path)
        except InvalidTemplate as error:
            raise ProvisioningError(template_error(error, self.scope.mappings)) from error
        unknown = first_unknown(resolved)
        if unknown:
            raise ProvisioningError(f"Template error: {unknown.reason}")
        return dynamic_references.replaced(resolved, self.client)


def _calls(value: Any) -> Iterator[Any]:
    """The argument of every Fn::ImportValue inside the value."""
    inside: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and value.keys() == {"Fn::ImportValue"}:
        yield value["Fn::ImportValue"]
    for item in inside:
        yield from _calls(item)


_ATTRIBUTES = ("CreationPolicy", "DeletionPolicy", "Metadata", "UpdatePolicy", "UpdateReplacePolicy")


def draw(definition: Definition, live: Live, exports: Exports, client: Callable[[str], Any]) -> Blueprint:
    """Raises ProvisioningError for a template that cannot be put in order."""
    prepared = definition.template.prepared
    scope = replace(
        prepared.scope,
        ref=lambda logical_id: _physical_id(live, logical_id),
        get_att=lambda logical_id, attribute: _attribute(live, logical_id, attribute),
        import_value=lambda name: exports(name) or Unknown(f"No export named {name} found."),
        availability_zones=lambda region: [f"{region}{zone}" for zone in "abc"],
    )
    resources = prepared.existing("Resources")
    return Blueprint(resources, prepared.existing("Outputs"), _graph(resources), scope, client)


def _graph(resources: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    try:
        order = templates.creation_order(resources)
    except InvalidTemplate as error:
        raise ProvisioningError(f"Circular dependency between resources: {error.message}") from error
    return {name: frozenset(templates.dependencies(resources[name]) & resources.keys() - {name}) for name in order}


def _physical_id(live: Live, logical_id: str) -> Any:
    resource = live(logical_id)
    if resource is None or resource.physical_id is None:
        return Unknown(f"Unresolved resource dependencies [{logical_id}] in the Resources block of the template")
    return resource.physical_id


def _attribute(live: Live, logical_id: str, attribute: str) -> Any:
    resource = live(logical_id)
    if resource and attribute == "Id" and "Id" not in resource.attributes:
        return resource.physical_id
    if resource is None or attribute not in resource.attributes:
        return Unknown(f"Requested attribute {attribute} of {logical_id} either doesn't exist or is not readable")
    return resource.attributes[attribute]
