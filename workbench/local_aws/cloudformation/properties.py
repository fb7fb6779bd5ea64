"""The properties of a resource, checked against the schema of its type. Pure.

Owns what CloudFormation finds before it calls a service: keys that a type does not have, keys that it must have, values
of another kind. What a value may be beyond that is for the service to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.local_aws.cloudformation.schemas import Shape, is_custom, schema_of
from workbench.templates.functions import scalar_text


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with the properties; `path` is a JSON pointer inside them, empty at the top."""

    path: str
    said: str

    def __str__(self) -> str:
        return f"#{self.path}: {self.said}"


def problems(resource_type: str, properties: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong, in the words of CloudFormation's validation."""
    shape = None if is_custom(resource_type) else schema_of(resource_type)
    if shape:
        yield from _in_mapping(properties, shape, "")


def refusal(logical_id: str, resource_type: str, properties: Mapping[str, Any]) -> str | None:
    """The reason with which the resource fails; None if there is none."""
    said = ", ".join(map(str, problems(resource_type, properties)))
    return f"Properties validation failed for resource {logical_id} with message:\n[{said}]" if said else None


def _in_value(value: Any, shape: Shape, path: str) -> Iterator[Problem]:
    if isinstance(value, Mapping):
        if _allows(shape, "object"):
            yield from _in_mapping(value, shape, path)
        elif shape.node.get("type"):
            yield Problem(path, f"expected type: {_wanted(shape)}, found: JSONObject")
    elif isinstance(value, list):
        for index, item in enumerate(value if _allows(shape, "array") else ()):
            yield from _in_value(item, shape.item(), f"{path}/{index}")
        if shape.node.get("type") and not _allows(shape, "array"):
            yield Problem(path, f"expected type: {_wanted(shape)}, found: JSONArray")
    elif not _is_scalar_of(value, shape):
        yield Problem(path, f"expected type: {_wanted(shape)}, found: String")


def _in_mapping(value: Mapping[str, Any], shape: Shape, path: str) -> Iterator[Problem]:
    if shape.is_open:
        return
    for name in shape.node.get("required", ()):
        if name not in value:
            yield Problem(path, f"required key [{name}] not found")
    for name, item in value.items():
        if name in shape.node["properties"]:
            yield from _in_value(item, shape.member(name), f"{path}/{name}")
        elif shape.node.get("additionalProperties") is False and "patternProperties" not in shape.node:
            yield Problem(path, f"extraneous key [{name}] is not permitted")


def _is_scalar_of(value: Any, shape: Shape) -> bool:
    """A text that stands for the wanted kind is as good; one thing is as good as a list of one."""
    types = _types(shape)
    if not types or "string" in types or "array" in types:
        return True
    text = scalar_text(value)
    if "boolean" in types:
        return text.lower() in ("true", "false")
    if {"integer", "number"} & set(types):
        return _is_number(text)
    return False


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _allows(shape: Shape, kind: str) -> bool:
    types = _types(shape)
    return not types or kind in types


def _types(shape: Shape) -> list[str]:
    types = shape.node.get("type") or []
    return types if isinstance(types, list) else [types]


_NAMES = {"array": "JSONArray", "object": "JSONObject"}


def _wanted(shape: Shape) -> str:
    kind = _types(shape)[0]
    return _NAMES.get(kind, kind.capitalize())
