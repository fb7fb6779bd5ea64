"""Why a resource changes: the `Details` of a change in a change set. Pure.

Owns the comparison property by property, with the values before and after, and what caused each difference: the
template itself, a parameter or another resource.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.templates.functions import scalar_text
from workbench.templates.intrinsics import PLACEHOLDER, attribute_reference, intrinsic

KNOWN_LATER = " (known after deployment)"
"""Ends the stand-in for a value that only the deployment brings."""

_SHOWN_LATER = "{{changeSet:KNOWN_AFTER_APPLY}}"
_DIRECT = {"Evaluation": "Static", "ChangeSource": "DirectModification"}
_DIRECT_TOO = {"Evaluation": "Dynamic", "ChangeSource": "DirectModification"}
_VALUE_MEMBERS = ("Path", "BeforeValue", "AfterValue", "AttributeChangeType")
_CONTEXTS = ("BeforeContext", "AfterContext")

Detail = Mapping[str, Any]


@dataclass(frozen=True)
class Changed:
    """What changes beside the resource at hand: parameters and other resources, by name."""

    parameters: frozenset[str]
    resources: frozenset[str]


def of_property(name: str, before: Any, after: Any, written: Any, recreation: str, changed: Changed) -> list[Detail]:
    """One property: every place inside that differs, with every cause; `written` is its part of the template."""
    causes = list(_causes(written, changed)) or [_DIRECT]
    target = {"Attribute": "Properties", "Name": name, "RequiresRecreation": recreation}
    places = list(_differing(before, after, f"/Properties/{name}"))
    return [{"Target": {**target, **values}, **cause} for values in places for cause in causes]


def of_attribute(attribute: str, before: Any, after: Any) -> Detail:
    """A change outside of the properties: tags of the stack, metadata, a policy."""
    target = {"Attribute": attribute, "RequiresRecreation": "Never"}
    return {"Target": {**target, **_values(f"/{attribute}", before, after)}, **_DIRECT}


def context(properties: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """A resource on one side of a change, as text."""
    others = {name: body[name] for name in ("DeletionPolicy", "Metadata", "UpdateReplacePolicy") if name in body}
    return json.dumps(_shown({"Properties": properties, **others}), default=str)


def without_values(change: Mapping[str, Any]) -> Mapping[str, Any]:
    """The change as DescribeChangeSet tells it unless it is asked for the values."""
    resource = {name: value for name, value in change["ResourceChange"].items() if name not in _CONTEXTS}
    details: list[Detail] = []
    for detail in resource["Details"]:
        target = {name: value for name, value in detail["Target"].items() if name not in _VALUE_MEMBERS}
        plain = {**detail, "Target": target}
        if plain not in details:
            details.append(plain)
    return {**change, "ResourceChange": {**resource, "Details": details}}


def _causes(written: Any, changed: Changed) -> Iterator[Detail]:
    found = list(dict.fromkeys(_referred(written)))
    for logical_id, attribute in found:
        if attribute is None and logical_id in changed.parameters:
            yield {"Evaluation": "Static", "ChangeSource": "ParameterReference", "CausingEntity": logical_id}
            yield _DIRECT_TOO
        elif logical_id in changed.resources:
            entity = logical_id if attribute is None else f"{logical_id}.{attribute}"
            source = "ResourceReference" if attribute is None else "ResourceAttribute"
            yield {"Evaluation": "Dynamic", "ChangeSource": source, "CausingEntity": entity}


def _referred(value: Any) -> Iterator[tuple[str, str | None]]:
    """Name and attribute of everything that a value refers to."""
    match intrinsic(value):
        case "Ref", str() as name:
            yield name, None
        case "Fn::GetAtt", argument:
            logical_id, attribute = attribute_reference(argument)
            yield logical_id, scalar_text(attribute)
        case "Fn::Sub", str() as text:
            yield from _placed(text)
        case "Fn::Sub", [str() as text, variables]:
            yield from _placed(text)
            yield from _referred(variables)
        case _:
            inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
            for item in inside:
                yield from _referred(item)


def _placed(text: str) -> Iterator[tuple[str, str | None]]:
    for literal, name in PLACEHOLDER.findall(text):
        logical_id, dot, attribute = name.strip().partition(".")
        if not literal:
            yield logical_id, attribute if dot else None


def _differing(before: Any, after: Any, path: str) -> Iterator[Mapping[str, str]]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys([*before, *after]):
            if before.get(name) != after.get(name):
                yield from _differing(before.get(name), after.get(name), f"{path}/{name}")
    else:
        yield _values(path, before, after)


def _values(path: str, before: Any, after: Any) -> dict[str, str]:
    kind = "Add" if before is None else "Remove" if after is None else "Modify"
    told = {"BeforeValue": before, "AfterValue": after}
    texts = {name: _text(value) for name, value in told.items() if value is not None}
    return {"Path": path, "AttributeChangeType": kind, **texts}


def _text(value: Any) -> str:
    shown = _shown(value)
    return json.dumps(shown, default=str) if isinstance(shown, Mapping | list) else scalar_text(shown)


def _shown(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _shown(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shown(item) for item in value]
    return _SHOWN_LATER if isinstance(value, str) and KNOWN_LATER in value else value


def is_dynamic(details: Iterable[Detail]) -> bool:
    """Whether it takes the deployment to tell if the resource has to be replaced."""
    replacing = [detail for detail in details if detail["Target"]["RequiresRecreation"] != "Never"]
    return bool(replacing) and all(detail["Evaluation"] == "Dynamic" for detail in replacing)
