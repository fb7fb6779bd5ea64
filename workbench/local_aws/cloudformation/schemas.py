"""What CloudFormation's registry says of resource types: which properties they have, of which shape.

Owns the way to the registry's schemas, which cfn-lint brings along. Reading them takes a moment, so they are read when
they are first asked for.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

# The region in which every type is to be had.
_REGION = "us-east-1"
_PROPERTIES = "/properties/"
_NESTED = "AWS::CloudFormation::Stack"


@dataclass(frozen=True)
class Shape:
    """A part of a type's schema; `root` holds the definitions that `node` refers to."""

    root: Mapping[str, Any] = field(repr=False)
    node: Mapping[str, Any]

    def member(self, name: str) -> Shape:
        """What a mapping of this shape holds under a name; a shape that allows all where nothing is said."""
        return self._of((self.node.get("properties") or {}).get(name, {}))

    def item(self) -> Shape:
        """What a list of this shape holds."""
        return self._of(self.node.get("items") or {})

    @property
    def is_open(self) -> bool:
        """Whether a mapping of this shape may hold any name: environment variables, a policy document."""
        return "properties" not in self.node

    def _of(self, node: Mapping[str, Any]) -> Shape:
        while "$ref" in node:
            node = self._definition(str(node["$ref"]))
        return Shape(self.root, node)

    def _definition(self, reference: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.root
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        return found


@cache
def schema_of(resource_type: str) -> Shape | None:
    """The shape of a type's properties; None for a type that the registry does not know."""
    from cfnlint.schema._exceptions import ResourceNotFoundError  # type: ignore[import-untyped]
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER  # type: ignore[import-untyped]

    try:
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(_REGION, resource_type).schema
    except ResourceNotFoundError:
        return None
    return Shape(schema, schema)


@cache
def attributes_of(resource_type: str) -> Container[str] | None:
    """What `Fn::GetAtt` may ask a resource of the type for; None where anything goes or nobody knows."""
    if is_custom(resource_type) or resource_type == _NESTED or schema_of(resource_type) is None:
        return None
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    found: Container[str] = PROVIDER_SCHEMA_MANAGER.get_type_getatts(resource_type, _REGION)
    return found


def is_type(name: str) -> bool:
    """Whether CloudFormation knows a resource type of this name."""
    return is_custom(name) or name.endswith("::MODULE") or schema_of(name) is not None


def type_names() -> list[str]:
    """Every type that the registry knows."""
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    return sorted(name for name in PROVIDER_SCHEMA_MANAGER.get_resource_types(_REGION) if name.startswith("AWS::"))


def is_custom(name: str) -> bool:
    """Whether a function of the user's provides the type."""
    return name.startswith("Custom::") or name == "AWS::CloudFormation::CustomResource"


def top_level(shape: Shape, kind: str) -> frozenset[str]:
    """The properties that the registry lists under `kind` (`createOnlyProperties`), without parts of properties."""
    paths = [str(path).removeprefix(_PROPERTIES) for path in shape.root.get(kind, ())]
    return frozenset(path for path in paths if "/" not in path)


@cache
def naming(resource_type: str) -> frozenset[str]:
    """The properties with which a template may give a resource of the type its own name.

    None where the name is one within something else, as that of a stage is within its API.
    """
    shape = schema_of(resource_type)
    if shape is None or len(shape.root.get("primaryIdentifier", ())) > 1:
        return frozenset()
    own = {f"{resource_type.rsplit('::', 1)[1]}Name", "Name"}
    return frozenset(own & top_level(shape, "createOnlyProperties"))
