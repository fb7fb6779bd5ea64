"""JSONPath as mapping templates write it: `$.orders[0].id`, `$.orders[*].id`, `$..id`. Pure."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from workbench.local_aws.gateway.velocity import MalformedTemplate

_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\[(?:'([^']*)'|\"([^\"]*)\"|(-?\d+))\]")
_PLAIN = re.compile(rf"\$?(?:{_STEP.pattern})*")


def found(document: Any, expression: str) -> Any:
    """The value that a plain path leads to, None without one; the list of all values for any other path."""
    if _PLAIN.fullmatch(expression):
        for name, single, double, index in _STEP.findall(expression):
            document = _member(document, index and int(index), name or single or double)
        return document
    return [match.value for match in _parsed(expression).find(document)]


def _member(value: Any, index: int | str, name: str) -> Any:
    if isinstance(value, list) and isinstance(index, int):
        return value[index] if -len(value) <= index < len(value) else None
    return value.get(name) if isinstance(value, dict) else None


@cache
def _parsed(expression: str) -> Any:
    from jsonpath_ng.ext.parser import parse

    try:
        return parse(expression)
    except Exception as error:
        raise MalformedTemplate(f"{expression} is no JSONPath: {error}") from error
