"""Which resources a resource needs, and the order in which CloudFormation creates them.

Owns `references`, `dependencies` and `creation_order`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from workbench.templates.errors import InvalidTemplate, Path
from workbench.templates.intrinsics import PLACEHOLDER, attribute_reference, intrinsic


def references(value: Any, path: Path = ()) -> Iterator[tuple[str, Path]]:
    """Every name that `Ref`, `Fn::GetAtt` and `Fn::Sub` inside the value refer to, and where.

    Names are of resources, parameters and pseudo parameters alike.
    """
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from references(item, (*path, index))
    if not isinstance(value, dict):
        return
    if call := intrinsic(value):
        yield from _called(*call, (*path, call[0]))
        return
    for key, item in value.items():
        yield from references(item, (*path, key))


def dependencies(body: Mapping[str, Any]) -> set[str]:
    """The names that must exist before a resource with this body: its references and `DependsOn`."""
    depends_on = body.get("DependsOn") or []
    names = {depends_on} if isinstance(depends_on, str) else set(depends_on)
    return names | {name for name, _ in references(dict(body))}


def creation_order(resources: Mapping[str, Any]) -> list[str]:
    """Logical ids, each after all that it depends on; otherwise in the template's order.

    Raises `InvalidTemplate` naming the circle when resources depend on each other.
    """
    graph = {logical_id: _needed(logical_id, body, resources) for logical_id, body in resources.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = error.args[1]
        message = f"the resources depend on each other in a circle: {' -> '.join(reversed(circle))}"
        raise InvalidTemplate(message, ("Resources", circle[0])) from error


def _needed(logical_id: str, body: Mapping[str, Any], resources: Mapping[str, Any]) -> list[str]:
    names = dependencies(body)
    if logical_id in (name for name, _ in references(body.get("Properties") or {})):
        raise InvalidTemplate(f"{logical_id} refers to itself", ("Resources", logical_id))
    return [name for name in resources if name in names and name != logical_id]


def _called(function: str, argument: Any, path: Path) -> Iterator[tuple[str, Path]]:
    match function, argument:
        case "Ref", str():
            yield argument, path
        case "Fn::GetAtt", _:
            logical_id, attribute = attribute_reference(argument, path)
            yield logical_id, path
            yield from references(attribute, path)
        case "Fn::Sub", str():
            yield from _placeholders(argument, {}, path)
        case "Fn::Sub", [str(), dict()]:
            yield from _placeholders(argument[0], argument[1], path)
            yield from references(argument[1], (*path, 1))
        case _:
            yield from references(argument, path)


def _placeholders(template: str, variables: Mapping[str, Any], path: Path) -> Iterator[tuple[str, Path]]:
    for literal, name in PLACEHOLDER.findall(template):
        if not literal and name.strip() not in variables:
            yield name.strip().split(".", 1)[0], path
