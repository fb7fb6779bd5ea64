"""How a resource type is provided: `Provider`, what it is told (`Context`) and what it returns (`Physical`).

Owns the contract between the engine and `workbench.local_aws.cloudformation.resources`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.local_aws.cloudformation import names

Properties = Mapping[str, Any]


class ProvisioningError(Exception):
    """The resource could not be provided; the message is the reason in the stack's event."""


@dataclass(frozen=True)
class Physical:
    """A resource that exists: its physical id (what `Ref` returns) and what `Fn::GetAtt` returns."""

    id: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """Where a resource is provided.

    Attributes:
        client: makes a boto3 client of the stack's region from a service's name.
        tags: the stack's tags, which resources inherit.
        body: the resource's part of the template (`UpdatePolicy`, `Metadata`).
        rolling_back: True when the stack returns to its last good state.
        exists: to be told the physical id as soon as the resource exists, if more can fail after that.
    """

    client: Callable[[str], Any]
    region: str
    account: str
    stack_name: str
    stack_id: str
    logical_id: str
    type: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    rolling_back: bool = False
    exists: Callable[[str], None] = lambda _: None

    def name(self, max_length: int = 255, *, lower: bool = False) -> str:
        """A generated physical name: `<stack>-<LogicalId>-<RANDOM>`."""
        return names.physical_name(self.stack_name, self.logical_id, max_length, lower=lower)

    def arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"

    def tag_map(self, properties: Properties) -> dict[str, str]:
        """The stack's tags with the resource's own, whether those are a list or a map."""
        own = properties.get("Tags") or {}
        if not isinstance(own, Mapping):
            own = {tag["Key"]: tag["Value"] for tag in own}
        return {**self.tags, **own}

    def tag_list(self, properties: Properties) -> list[dict[str, str]]:
        return [{"Key": key, "Value": value} for key, value in self.tag_map(properties).items()]


Create = Callable[[Properties, Context], Physical]
Update = Callable[[str, Properties, Properties, Context], Physical]
Delete = Callable[[str, Properties, Context], None]


@dataclass(frozen=True)
class Provider:
    """One resource type.

    Attributes:
        create: makes the resource.
        update: takes physical id, previous and new properties; None replaces the resource on any change.
        delete: removes it; one that is gone already is no error.
        replaces: properties whose change needs a new resource.
        held: properties that take effect; others are kept beside the resource with a warning. None holds all.
        tagged: inherits the stack's tags, so that a change of those is a change of it.
        slow: waits for something else (a deployment, a function), so that others go on beside it.
        always: is updated whenever its stack is, changed or not.
    """

    create: Create
    update: Update | None
    delete: Delete
    replaces: frozenset[str] = frozenset()
    held: frozenset[str] | None = None
    tagged: bool = False
    slow: bool = False
    always: bool = False

    def must_replace(self, changed: frozenset[str]) -> bool:
        return bool(changed) and (self.update is None or bool(changed & self.replaces))
