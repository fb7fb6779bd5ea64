"""Mapping templates: what they may name of a request or a response, and what they override of it. Pure.

Owns `$input`, `$util`, `$context` and `$stageVariables`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from workbench.local_aws.gateway.answers import compact
from workbench.local_aws.gateway.java_methods import text_of
from workbench.local_aws.gateway.mapping import Values
from workbench.local_aws.gateway.paths import found
from workbench.local_aws.gateway.velocity import merged


@dataclass(frozen=True)
class Rendered:
    """What a template came to.

    Attributes:
        text: the body.
        request: what it set of `$context.requestOverride`: `header`, `querystring` and `path`.
        response: what it set of `$context.responseOverride`: `header` and `status`.
    """

    text: str
    request: Mapping[str, Any] = field(default_factory=dict)
    response: Mapping[str, Any] = field(default_factory=dict)


def rendered(template: str, values: Values) -> Rendered:
    """Raises MalformedTemplate."""
    overrides: dict[str, dict[str, Any]] = {
        "requestOverride": {"header": {}, "path": {}, "querystring": {}},
        "responseOverride": {"header": {}},
    }
    roots = {
        "context": {**values.context, **overrides},
        "input": _input(values),
        "stageVariables": dict(values.variables),
        "util": _UTIL,
    }
    text = merged(template, roots)
    return Rendered(text, overrides["requestOverride"], overrides["responseOverride"])


def _input(values: Values) -> Mapping[str, Any]:
    def document() -> Any:
        try:
            return json.loads(values.body or "{}")
        except ValueError:
            return values.body

    def params(name: str | None = None) -> Any:
        if name is None:
            return {place: dict(named) for place, named in values.request.items()}
        texts = (values.parameter(place, name) for place in ("path", "querystring", "header"))
        return next((text for text in texts if text is not None), "")

    def path(expression: str) -> Any:
        return found(document(), expression)

    def as_json(expression: str) -> str:
        return compact(path(expression))

    return {"body": values.body, "json": as_json, "params": params, "path": path}


def _escaped(text: Any) -> str:
    return json.dumps(text_of(text))[1:-1].replace("'", "\\'")


_UTIL: Mapping[str, Callable[[Any], Any]] = {
    "base64Decode": lambda text: base64.b64decode(text).decode(),
    "base64Encode": lambda text: base64.b64encode(text_of(text).encode()).decode(),
    "escapeJavaScript": _escaped,
    "parseJson": json.loads,
    "urlDecode": unquote_plus,
    "urlEncode": lambda text: quote_plus(text_of(text)),
}
