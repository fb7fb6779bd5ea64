"""Resources as AWS Cloud Control API knows them: found by their primary identifier, with their properties as they are.

Owns which resource an identifier means, and whether a stack holds it. The services are read as for drift.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.local_aws.cloudformation.drift.actual import CHECKED, ReadPlace, Services, is_it
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.model import Stack, StackResource
from workbench.local_aws.cloudformation.provider import Context
from workbench.local_aws.cloudformation.schemas import schema_of, top_level
from workbench.local_aws.service import AwsError
from workbench.resources import Resource

# What takes the place of the stack in the names of resources that no stack holds.
_NO_STACK = "cloudcontrol"


@dataclass(frozen=True)
class Found:
    """One resource.

    Attributes:
        shown: its properties, those that can only be read among them.
        applied: the properties as a provider is told them, those that can only be written among them.
        holder: the stack that holds it, and what it holds.
    """

    identifier: str
    physical_id: str
    shown: Mapping[str, Any]
    applied: Mapping[str, Any]
    holder: tuple[Stack, StackResource] | None


class CloudResources:
    """The resources of the account in every region."""

    def __init__(self, engine: Engine, read: ReadPlace) -> None:
        self._engine = engine
        self._read = read

    def find(self, resource_type: str, identifier: str, region: str) -> Found:
        """Raises AwsError when there is none."""
        for each in self._all(resource_type, region, identifier):
            if identifier in (each.identifier, each.physical_id):
                return each
        message = f"Resource of type '{resource_type}' with identifier '{identifier}' was not found."
        raise AwsError("ResourceNotFoundException", message)

    def list(self, resource_type: str, region: str) -> list[Found]:
        if not resource_type.startswith("AWS::S3::"):
            return [*self._all(resource_type, region, "")]
        buckets = self._engine.client(region)("s3").list_buckets()["Buckets"]
        return [each for bucket in buckets for each in self._all(resource_type, region, bucket["Name"])]

    def context(self, resource_type: str, region: str, found: Found | None = None) -> Context:
        """Where a provider acts on the resource."""
        stack, held = found.holder if found and found.holder else (None, None)
        return Context(
            client=self._engine.client(region),
            region=region,
            account=self._engine.account,
            stack_name=stack.name if stack else _NO_STACK,
            stack_id=stack.stack_id if stack else "",
            logical_id=held.logical_id if held else resource_type.rsplit("::", 1)[1],
            type=resource_type,
            tags=held.tags if held else {},
            body=held.body if held else {},
        )

    def _all(self, resource_type: str, region: str, bucket: str) -> Iterator[Found]:
        held = [
            (stack, resource)
            for stack in self._engine.stacks.in_region(region)
            for resource in stack.resources.values()
            if resource.type == resource_type and resource.physical_id and stack.deleted_at is None
        ]
        if resource_type not in CHECKED:
            yield from (_as_applied(stack, resource) for stack, resource in held)
            return
        for resource in Services(self._read, region).of_type(resource_type, bucket):
            yield _as_it_is(resource, next((each for each in held if is_it(each[1], resource)), None))


def identifier_of(resource_type: str, physical_id: str, properties: Mapping[str, Any]) -> str:
    """The primary identifier: the values of its properties; the physical id is the one that none tells."""
    shape = schema_of(resource_type)
    paths = shape.root.get("primaryIdentifier", ()) if shape else ()
    names = [str(path).rsplit("/", 1)[1] for path in paths]
    return "|".join(str(properties.get(name, physical_id)) for name in names) or physical_id


def _as_applied(stack: Stack, resource: StackResource) -> Found:
    """A resource that no service can be asked for: what its stack made of it."""
    physical_id, shown = str(resource.physical_id), {**resource.properties, **resource.attributes}
    identifier = identifier_of(resource.type, physical_id, shown)
    return Found(identifier, physical_id, shown, resource.properties, (stack, resource))


def _as_it_is(resource: Resource, holder: tuple[Stack, StackResource] | None) -> Found:
    held = holder[1] if holder else None
    physical_id = str(held.physical_id if held else resource.physical_id)
    own = _without_own_tags_of_aws(resource.properties)
    known = {**(held.attributes if held else {}), **resource.attributes, **own}
    identifier = identifier_of(resource.type, physical_id, known)
    unread = {
        name: value for name, value in (held.properties if held else {}).items() if name not in _read_of(resource)
    }
    shown = {**_identifying(resource.type, identifier), **_of_schema(resource.type, known)}
    return Found(identifier, physical_id, shown, {**unread, **own}, holder)


def _read_of(resource: Resource) -> frozenset[str]:
    return CHECKED[resource.type] | resource.properties.keys()


def _of_schema(resource_type: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """What the type's schema lets be read."""
    shape = schema_of(resource_type)
    if shape is None:
        return dict(known)
    names = shape.root["properties"].keys() - top_level(shape, "writeOnlyProperties")
    return {name: value for name, value in known.items() if name in names}


def _identifying(resource_type: str, identifier: str) -> dict[str, str]:
    shape = schema_of(resource_type)
    paths = shape.root.get("primaryIdentifier", ()) if shape else ()
    return {str(path).rsplit("/", 1)[1]: part for path, part in zip(paths, identifier.split("|"), strict=False)}


def _without_own_tags_of_aws(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Nobody but AWS sets tags whose names begin with `aws:`."""
    tags = properties.get("Tags")
    if not isinstance(tags, list):
        return dict(properties)
    return {**properties, "Tags": [tag for tag in tags if not tag["Key"].startswith("aws:")]}
