"""What mapping expressions name: parts of a request, of a response and of its context. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Parts = Mapping[str, Mapping[str, str]]
"""Values of a request or a response by where they stand: `header`, `querystring`, `path`."""


@dataclass(frozen=True)
class Values:
    """All that an expression can name. Names of headers are looked for in any case."""

    request: Parts = field(default_factory=dict)
    response: Parts = field(default_factory=dict)
    body: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)

    def having(self, **context: Any) -> Values:
        """The same, with more context."""
        return replace(self, context={**self.context, **context})

    def parameter(self, place: str, name: str) -> str | None:
        return _within(self.request, place, name)


def value(expression: str, values: Values) -> str | None:
    """What an expression stands for: `'text'`, `method.request.header.X`, `context.stage`, `stageVariables.name`."""
    if expression.startswith("'"):
        return expression.strip("'")
    scope, _, rest = expression.removeprefix("method.").removeprefix("integration.").partition(".")
    if scope == "context":
        return _text(_followed(values.context, rest))
    if scope == "stageVariables":
        return values.variables.get(rest)
    place, _, name = rest.partition(".")
    if place == "body":
        return values.body
    return _within(values.request if scope == "request" else values.response, place, name)


def parameters(expressions: Mapping[str, str], prefix: str, values: Values) -> dict[str, str]:
    """The values by the names that follow the prefix (`method.response.header.`); what has no value is left out."""
    named = ((key.removeprefix(prefix), item) for key, item in expressions.items() if key.startswith(prefix))
    found = ((name, value(str(item), values)) for name, item in named)
    return {name: text for name, text in found if text is not None}


def _within(parts: Parts, place: str, name: str) -> str | None:
    found = parts.get(place.removeprefix("multivalue")) or {}
    if place.endswith("header"):
        return next((item for key, item in found.items() if key.lower() == name.lower()), None)
    return found.get(name)


def _followed(found: Any, path: str) -> Any:
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _text(found: Any) -> str | None:
    return None if found is None else str(found)
