"""Resolving intrinsic functions, as CloudFormation does before a resource provider sees the properties.

Owns `resolve` and the special forms, in `FORMS`: functions that look names up, or must not resolve all of their
argument (`Fn::If` leaves the other branch alone). Whatever depends on an `Unknown` is `Unknown`, with the first reason;
nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from workbench.resources import Unknown
from workbench.templates.errors import InvalidTemplate, Path
from workbench.templates.functions import FUNCTIONS, scalar_text
from workbench.templates.scope import NO_VALUE, Scope

PLACEHOLDER = re.compile(r"\$\{(!?)([^{}]+)\}")


class _NoValue:
    """`AWS::NoValue`: the property or item that resolves to it does not exist."""


_NO_VALUE = _NoValue()


def resolve(value: Any, scope: Scope, path: Path = ()) -> Any:
    """`value` with every intrinsic function replaced by its result, or by `Unknown` where that cannot be known.

    `path` is where the value stands in its template; an `InvalidTemplate` carries it. A value that is
    `AWS::NoValue` as a whole resolves to None.
    """
    resolved = _resolve(value, scope, path)
    return None if resolved is _NO_VALUE else resolved


def intrinsic(value: Any) -> tuple[str, Any] | None:
    """Name and argument, if the value is a call of an intrinsic function."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    ((name, argument),) = value.items()
    return (name, argument) if name == "Ref" or name.startswith("Fn::") else None


def first_unknown(value: Any) -> Unknown | None:
    """The first `Unknown` anywhere inside the value."""
    if isinstance(value, Unknown):
        return value
    inside: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((unknown for item in inside if (unknown := first_unknown(item))), None)


def attribute_reference(argument: Any, path: Path = ()) -> tuple[str, Any]:
    """Logical id and attribute of an `Fn::GetAtt`; the attribute may be a call itself."""
    match argument.split(".", 1) if isinstance(argument, str) else argument:
        case [str() as logical_id, attribute]:
            return logical_id, attribute
        case [str() as logical_id, *parts] if parts:
            return logical_id, ".".join(map(str, parts))
    raise InvalidTemplate("Fn::GetAtt takes a logical id and an attribute name", path)


def _resolve(value: Any, scope: Scope, path: Path) -> Any:
    if isinstance(value, str):
        return scope.dynamic_reference(value) if "{{resolve:" in value else value
    if isinstance(value, list):
        items = (_resolve(item, scope, (*path, index)) for index, item in enumerate(value))
        return [item for item in items if item is not _NO_VALUE]
    if not isinstance(value, dict):
        return value
    if call := intrinsic(value):
        return _call(*call, scope, path)
    entries = ((key, _entry(key, item, scope, (*path, key))) for key, item in value.items())
    return {key: item for key, item in entries if item is not _NO_VALUE}


def _entry(key: str, value: Any, scope: Scope, path: Path) -> Any:
    return _transform(value, scope, path) if key == "Fn::Transform" else _resolve(value, scope, path)


def _call(name: str, argument: Any, scope: Scope, path: Path) -> Any:
    path = (*path, name)
    if form := FORMS.get(name):
        return form(argument, scope, path)
    if function := FUNCTIONS.get(name):
        resolved = _resolve(argument, scope, path)
        return first_unknown(resolved) or function(resolved, scope, path)
    raise InvalidTemplate(f"{name} is not an intrinsic function that may stand here", path)


def _ref(argument: Any, scope: Scope, path: Path) -> Any:
    if argument == NO_VALUE:
        return _NO_VALUE
    name = _resolve(argument, scope, path)
    if isinstance(name, Unknown):
        return name
    if not isinstance(name, str):
        raise InvalidTemplate("Ref takes the name of a parameter or a resource", path)
    return scope.named(name)


def _get_att(argument: Any, scope: Scope, path: Path) -> Any:
    logical_id, attribute = attribute_reference(argument, path)
    attribute = _resolve(attribute, scope, path)
    return attribute if isinstance(attribute, Unknown) else scope.get_att(logical_id, scalar_text(attribute))


def _if(argument: Any, scope: Scope, path: Path) -> Any:
    if not isinstance(argument, list) or len(argument) != 3:
        raise InvalidTemplate("Fn::If takes a condition and two values", path)
    name = argument[0]
    if not isinstance(name, str) or name not in scope.conditions:
        raise InvalidTemplate(f"Fn::If: {name!r} is not in the Conditions section", path)
    holds = scope.conditions[name]
    if not isinstance(holds, Unknown):
        branch = 1 if holds else 2
        return _resolve(argument[branch], scope, (*path, branch))
    branches = [_resolve(argument[branch], scope, (*path, branch)) for branch in (1, 2)]
    return branches[0] if branches[0] == branches[1] else holds


def _sub(argument: Any, scope: Scope, path: Path) -> Any:
    match argument:
        case str() as template:
            variables: dict[str, Any] = {}
        case [str() as template, dict() as given]:
            variables = {name: _resolve(value, scope, (*path, 1, name)) for name, value in given.items()}
        case {"Fn::Transform": _}:
            return _resolve(argument, scope, path)
        case _:
            raise InvalidTemplate("Fn::Sub takes a text, or a text and a mapping of variables", path)
    parts = [_part(match, variables, scope, path) for match in PLACEHOLDER.finditer(template)]
    if unknown := first_unknown(parts):
        return unknown
    remaining = iter(parts)
    return _resolve(PLACEHOLDER.sub(lambda _: next(remaining), template), scope, path)


def _part(placeholder: re.Match[str], variables: dict[str, Any], scope: Scope, path: Path) -> Any:
    literal, name = placeholder[1], placeholder[2].strip()
    if literal:
        return "${" + placeholder[2] + "}"
    if name in variables:
        value = variables[name]
    elif "." in name:
        value = scope.get_att(*name.split(".", 1))
    else:
        value = scope.named(name)
    if isinstance(value, dict | list | _NoValue):
        raise InvalidTemplate(f"Fn::Sub: ${{{name}}} is not a text", path)
    return value if isinstance(value, Unknown) else scalar_text(value)


def _select(argument: Any, scope: Scope, path: Path) -> Any:
    match _resolve(argument, scope, path):
        case [Unknown() as unknown, _] | [_, Unknown() as unknown] | (Unknown() as unknown):
            return unknown
        case [int() | str() as index, list() as items] if str(index).isdecimal():
            if int(index) < len(items):
                return items[int(index)]
            raise InvalidTemplate(f"Fn::Select: there is no value at index {index} of {len(items)} values", path)
    raise InvalidTemplate("Fn::Select takes an index and a list", path)


def _find_in_map(argument: Any, scope: Scope, path: Path) -> Any:
    if not isinstance(argument, list) or len(argument) not in (3, 4):
        raise InvalidTemplate("Fn::FindInMap takes the name of a mapping and two keys", path)
    keys = _resolve(argument[:3], scope, path)
    if unknown := first_unknown(keys):
        return unknown
    found: Any = scope.mappings
    for key in map(scalar_text, keys):
        if not isinstance(found, dict) or key not in found:
            return _map_default(argument, ".".join(map(scalar_text, keys)), scope, path)
        found = found[key]
    return _resolve(found, scope, path)


def _map_default(argument: list[Any], keys: str, scope: Scope, path: Path) -> Any:
    options = argument[-1]
    if isinstance(options, dict) and "DefaultValue" in options:
        return _resolve(options["DefaultValue"], scope, (*path, 3, "DefaultValue"))
    if scope.unmapped:
        return scope.unmapped(keys)
    raise InvalidTemplate(f"Fn::FindInMap: there is no {keys} in the Mappings section", path)


def _length(argument: Any, scope: Scope, path: Path) -> Any:
    match _resolve(argument, scope, path):
        case list() as items:
            return len(items)
        case Unknown() as unknown:
            return unknown
    raise InvalidTemplate("Fn::Length takes a list", path)


def _get_stack_output(argument: Any, scope: Scope, path: Path) -> Any:
    match _resolve(argument, scope, path):
        case Unknown() as unknown:
            return unknown
        case {"StackName": stack, "OutputName": output} as resolved:
            return first_unknown(resolved) or scope.stack_output(scalar_text(stack), scalar_text(output))
    raise InvalidTemplate("Fn::GetStackOutput takes a StackName and an OutputName", path)


def _transform(argument: Any, scope: Scope, path: Path) -> Any:
    match argument:
        case {"Name": str() as name} | [{"Name": str() as name}]:
            return scope.macro(name)
    raise InvalidTemplate("Fn::Transform takes a mapping with the Name of a transform", path)


FORMS: dict[str, Callable[[Any, Scope, Path], Any]] = {
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAtt": _get_att,
    "Fn::GetStackOutput": _get_stack_output,
    "Fn::If": _if,
    "Fn::Length": _length,
    "Fn::Select": _select,
    "Fn::Sub": _sub,
    "Fn::Transform": _transform,
    "Ref": _ref,
}
