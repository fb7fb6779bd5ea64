"""The smallest request of an operation that its service's model allows."""

from __future__ import annotations

from typing import Any

_DEEPEST = 6


def smallest(shape: Any, depth: int = 0) -> Any:
    if shape is None or (shape.type_name == "structure" and depth > _DEEPEST):
        return {}
    return _MAKERS.get(shape.type_name, _number)(shape, depth)


def _structure(shape: Any, depth: int) -> dict[str, Any]:
    names = list(shape.members)[:1] if shape.is_tagged_union else shape.required_members
    return {name: smallest(shape.members[name], depth + 1) for name in names}


def _list(shape: Any, depth: int) -> list[Any]:
    return [smallest(shape.member, depth + 1)] * max(1, int(shape.metadata.get("min", 1)))


def _map(shape: Any, depth: int) -> dict[str, Any]:
    return {smallest(shape.key, depth): smallest(shape.value, depth + 1)}


def _string(shape: Any, _: int) -> str:
    return shape.enum[0] if shape.enum else "x" * max(4, int(shape.metadata.get("min", 0)))


def _number(shape: Any, _: int) -> int:
    return int(shape.metadata.get("min", 1) or 1)


_MAKERS: dict[str, Any] = {
    "blob": lambda *_: b"{}",
    "boolean": lambda *_: True,
    "list": _list,
    "map": _map,
    "string": _string,
    "structure": _structure,
}
