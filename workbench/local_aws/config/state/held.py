"""CloudFormation: stacks, and the resources that only stacks know of: nothing here provides or reads their service.

Such resources are judged as their templates describe them. Nobody can change them by hand: there is nothing to change.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from workbench.local_aws.config.inventory import Membership, ServiceClient
from workbench.local_aws.config.state import cloudformation
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource


class HeldResource(Protocol):
    """A resource of a stack, its properties as last applied."""

    @property
    def type(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def logical_id(self) -> str: ...
    @property
    def physical_id(self) -> str | None: ...
    @property
    def properties(self) -> Mapping[str, Any]: ...
    @property
    def attributes(self) -> Mapping[str, Any]: ...
    @property
    def updated_at(self) -> datetime: ...


class HoldingStack(Protocol):
    """A stack of the local CloudFormation."""

    @property
    def name(self) -> str: ...
    @property
    def stack_id(self) -> str: ...
    @property
    def deleted_at(self) -> object: ...
    @property
    def resources(self) -> Mapping[str, HeldResource]: ...


Stacks = Callable[[str], Iterable[HoldingStack]]
"""The stacks of a region."""


@dataclass(frozen=True)
class Held:
    """The stacks, and the types that a service keeps and another reader reads."""

    stacks: Stacks
    kept_by_services: Container[str]

    def read(self, clients: ServiceClient, context: RequestContext, name: str) -> Iterator[Resource]:
        """Stacks, and their resources of all other types."""
        yield from cloudformation.read(clients, context, name)
        for stack in self.stacks(context.region):
            for resource in tuple(stack.resources.values()) if stack.deleted_at is None else ():
                if resource.type not in self.kept_by_services and _exists(resource):
                    yield _as_resource(stack, resource)

    def memberships(self, region: str) -> Mapping[tuple[str, str], Membership]:
        """What is part of which stack; not while CloudFormation is at work on it."""
        return {
            (each.type, str(each.physical_id)): Membership(each.updated_at, _stack_tags(stack, each))
            for stack in self.stacks(region)
            for each in tuple(stack.resources.values())
            if _exists(each)
        }


def _stack_tags(stack: HoldingStack, resource: HeldResource) -> Mapping[str, str]:
    return {
        "aws:cloudformation:stack-id": stack.stack_id,
        "aws:cloudformation:stack-name": stack.name,
        "aws:cloudformation:logical-id": resource.logical_id,
    }


def _exists(resource: HeldResource) -> bool:
    return (
        resource.physical_id is not None and resource.status.endswith("_COMPLETE") and "DELETE" not in resource.status
    )


def _as_resource(stack: HoldingStack, resource: HeldResource) -> Resource:
    path = f"{stack.name}/{resource.logical_id}"
    return Resource(path, resource.type, str(resource.physical_id), resource.properties, resource.attributes)
