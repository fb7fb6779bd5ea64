"""Calling a service with properties from a template.

Owns the fit of CloudFormation's shapes to the API's: names differ in case, templates write numbers and booleans as
text and policies as mappings. What the API has no name for is left out with a warning, once.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from workbench.templates.functions import scalar_text

logger = logging.getLogger(__name__)
_warned: set[tuple[str, str]] = set()


def call(client: Any, method: str, **parameters: Any) -> Any:
    """Calls `client.method` with the parameters fitted to it; None is as good as absent."""
    operation = client.meta.method_to_api_mapping[method]
    shape = client.meta.service_model.operation_model(operation).input_shape
    return getattr(client, method)(**fitted(parameters, shape))


def fitted(value: Any, shape: Any) -> Any:
    """The value as the API's shape wants it."""
    return _FITS[shape.type_name](value, shape)


def _structure(value: Mapping[str, Any], shape: Any) -> dict[str, Any]:
    members = {name.lower(): name for name in shape.members}
    made = {}
    for key, item in value.items():
        name = members.get(key.lower())
        if name is None:
            _warn(shape.name, key)
        elif item is not None:
            made[name] = fitted(item, shape.members[name])
    return made


def _warn(shape: str, key: str) -> None:
    if (shape, key) not in _warned:
        _warned.add((shape, key))
        logger.warning("%s of %s is recorded only: the service has no place for it", key, shape)


def _string(value: Any, _: Any) -> str:
    return json.dumps(value) if isinstance(value, Mapping | list) else scalar_text(value)


def _boolean(value: Any, _: Any) -> bool:
    return scalar_text(value).lower() == "true"


def _list(value: Any, shape: Any) -> list[Any]:
    items = value if isinstance(value, list) else [value]
    return [fitted(item, shape.member) for item in items]


_FITS: Mapping[str, Callable[[Any, Any], Any]] = {
    "blob": lambda value, _: value.encode() if isinstance(value, str) else value,
    "boolean": _boolean,
    "double": lambda value, _: float(value),
    "float": lambda value, _: float(value),
    "integer": lambda value, _: int(value),
    "list": _list,
    "long": lambda value, _: int(value),
    "map": lambda value, shape: {key: fitted(item, shape.value) for key, item in value.items()},
    "string": _string,
    "structure": _structure,
    "timestamp": lambda value, _: value,
}
