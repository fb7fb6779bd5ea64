"""Names of members: most APIs begin them with a capital, Lambda's and API Gateway's documents do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def lower_camel(name: str) -> str:
    """`StageName` -> `stageName`."""
    return name[:1].lower() + name[1:]


def upper_camel(name: str) -> str:
    """`stageName` -> `StageName`."""
    return name[:1].upper() + name[1:]


def in_lower_camel(value: Any) -> Any:
    """A structure as moto keeps it: as it stands in the body of a request. Whatever is none is left alone."""
    if isinstance(value, Mapping):
        return {lower_camel(name): item for name, item in value.items()}
    return value
