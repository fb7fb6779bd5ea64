"""How a resource differs from what its template says. Pure.

Owns the comparison. Only what the template sets counts: a service fills in defaults for the rest. Text and number,
name and ARN, one thing and a list of one thing are the same; the order of a list does not matter.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.local_aws.cloudformation.schemas import Shape
from workbench.templates.functions import scalar_text

ADD, REMOVE, NOT_EQUAL = "ADD", "REMOVE", "NOT_EQUAL"
# What tells the items of a list apart, the surest first.
_NAMES = ("Key", "Name", "Id", "Sid", "PolicyName", "IndexName", "AttributeName", "ResourcePath")


@dataclass(frozen=True)
class Difference:
    """One difference; `path` is a JSON pointer, None stands for what is not there."""

    path: str
    kind: str
    expected: Any
    actual: Any


def differences(expected: Any, actual: Any, shape: Shape, path: str = "") -> Iterator[Difference]:
    """What is different in `actual`, of what `expected` sets."""
    expected, actual = _document(expected), _document(actual)
    if shape.is_open and isinstance(expected, list) != isinstance(actual, list) and actual is not None:
        expected, actual = _listed(expected), _listed(actual)
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        yield from _in_mappings(expected, actual, shape, path)
    elif isinstance(expected, list) and isinstance(actual, list):
        yield from _in_lists(expected, actual, shape.item(), path)
    elif actual is None:
        if not _says_nothing(expected):
            yield Difference(path, REMOVE, expected, None)
    elif isinstance(expected, Mapping | list) or isinstance(actual, Mapping | list) or not _equal(expected, actual):
        yield Difference(path, NOT_EQUAL, expected, actual)


def comparable(expected: Any, actual: Any, shape: Shape) -> Any:
    """`actual` without what the template leaves open, in the words of `expected` wherever it is the same."""
    if not any(differences(expected, actual, shape)):
        return expected
    expected, actual = _document(expected), _document(actual)
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        shown = [name for name in actual if name in expected or shape.is_open]
        return {name: comparable(expected.get(name), actual[name], shape.member(name)) for name in shown}
    return actual


def _in_mappings(
    expected: Mapping[str, Any], actual: Mapping[str, Any], shape: Shape, path: str
) -> Iterator[Difference]:
    for name, value in expected.items():
        yield from differences(value, actual.get(name), shape.member(name), f"{path}/{name}")
    if shape.is_open:
        for name in actual.keys() - expected.keys():
            yield Difference(f"{path}/{name}", ADD, None, actual[name])


def _in_lists(expected: list[Any], actual: list[Any], shape: Shape, path: str) -> Iterator[Difference]:
    missing, surplus = dict(enumerate(expected)), dict(enumerate(actual))
    for same in (_alike(shape), _named_alike):
        for place, item in tuple(missing.items()):
            partner = next((n for n, other in surplus.items() if same(item, other)), None)
            if partner is not None:
                yield from differences(missing.pop(place), surplus.pop(partner), shape, f"{path}/{place}")
    for place, item in missing.items():
        yield Difference(f"{path}/{place}", REMOVE, item, None)
    for place, item in surplus.items():
        yield Difference(f"{path}/{place}", ADD, None, item)


def _alike(shape: Shape) -> Callable[[Any, Any], bool]:
    return lambda one, other: not any(differences(one, other, shape))


def _named_alike(one: Any, other: Any) -> bool:
    """Items that have no name are taken to be the same thing in another state."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return False
    names = [name for name in _NAMES if name in one and name in other]
    return not names or one[names[0]] == other[names[0]]


def _document(value: Any) -> Any:
    """A policy or a definition that is written as text, as the value it stands for."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _says_nothing(value: Any) -> bool:
    return value in (None, "", [], {}) or scalar_text(value) == "false"


def _equal(expected: Any, actual: Any) -> bool:
    one, other = scalar_text(expected), scalar_text(actual)
    return one == other or _same_number(one, other) or _refers_to(one, other) or _refers_to(other, one)


def _same_number(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def _refers_to(name: str, arn: str) -> bool:
    """Services answer an ARN where the template has a name or an account, and the key where it has its alias."""
    if not arn.startswith("arn:") or not name:
        return False
    return arn.endswith((f":{name}", f"/{name}", f"::{name}:root")) or (name.startswith("alias/") and ":key/" in arn)
