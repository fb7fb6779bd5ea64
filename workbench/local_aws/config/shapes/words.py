"""What a description is, and names as AWS Config writes them, most of them with their first letters lowered."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

Description = tuple[Mapping[str, Any], Mapping[str, Any]]
"""`configuration` and `supplementaryConfiguration`."""

_CAPITALS = re.compile(r"[A-Z]+")


def lowered(properties: Mapping[str, Any] | None) -> dict[str, Any]:
    """`{"SSEDescription": {"Status": "ENABLED"}}` -> `{"ssedescription": {"status": "ENABLED"}}`."""
    return {lowered_name(name): lowered_value(value) for name, value in (properties or {}).items()}


def lowered_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return lowered(value)
    if isinstance(value, list | tuple):
        return [lowered_value(inner) for inner in value]
    return value


def lowered_name(name: str) -> str:
    """All capitals at the beginning are lowered, as in `okactions` and `kmskeyArn`."""
    return _CAPITALS.sub(lambda match: match[0].lower(), name, count=1) if name[:1].isupper() else name


def as_text(document: Any) -> str:
    """A policy document as the services keep it."""
    return document if isinstance(document, str) else json.dumps(document, separators=(",", ":"), default=str)


def without(properties: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in names}
