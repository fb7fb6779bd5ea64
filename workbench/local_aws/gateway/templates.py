"""Mapping templates: the references of Velocity that API Gateway knows. Pure.

Owns `$input`, `$util`, `$context` and `$stageVariables`. A template with directives (`#set`, `#if`, `#foreach`) is an
`UnsupportedTemplate`, named by the answer.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote

from workbench.local_aws.gateway.mapping import Values

_DIRECTIVE = re.compile(r"#\{?(set|if|elseif|else|end|foreach|macro|define|parse|include|evaluate|stop|break)\b")
_COMMENT = re.compile(r"##[^\n]*\n?|#\*.*?\*#", re.DOTALL)
_NAME = re.compile(r"\$!?(\{)?(input|util|context|stageVariables)\b")
_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\[(?:'([^']*)'|\"([^\"]*)\"|(\d+))\]")
_TEXT = re.compile(r"'((?:[^'])*)'|\"((?:[^\"])*)\"")


class UnsupportedTemplate(Exception):
    """The template asks for what the local AWS does not have."""


def rendered(template: str, values: Values) -> str:
    """The template with every reference replaced; one that stands for nothing stays, as in Velocity."""
    text = _COMMENT.sub("", template)
    directive = _DIRECTIVE.search(text)
    if directive:
        message = f"The local AWS does not run #{directive[1]} of a mapping template; it knows references only."
        raise UnsupportedTemplate(message)
    return _Rendering(text, values).run()


class _Rendering:
    """One pass over a template."""

    def __init__(self, text: str, values: Values) -> None:
        self._text = text
        self._values = values
        self._roots = _roots(values)

    def run(self) -> str:
        parts: list[str] = []
        position = 0
        while found := _NAME.search(self._text, position):
            value, end = self._reference(found)
            shown = self._text[found.start() : end] if value is None else _shown(value)
            if value is None and found[0].startswith("$!"):
                shown = ""
            parts += [self._text[position : found.start()], shown]
            position = end
        return "".join([*parts, self._text[position:]])

    def _reference(self, found: re.Match[str]) -> tuple[Any, int]:
        value, end = self._steps(self._roots[found[2]], found.end())
        if found[1] and self._text[end : end + 1] == "}":
            end += 1
        return value, end

    def _steps(self, value: Any, position: int) -> tuple[Any, int]:
        while step := _STEP.match(self._text, position):
            name = next((part for part in step.groups() if part is not None), "")
            value, position = _member(value, name), step.end()
            if self._text[position : position + 1] == "(":
                given, position = self._arguments(position + 1)
                value = value(*given) if callable(value) else None
        return (None if callable(value) else value), position

    def _arguments(self, position: int) -> tuple[list[Any], int]:
        given: list[Any] = []
        while position < len(self._text) and self._text[position] != ")":
            literal, reference = _TEXT.match(self._text, position), _NAME.match(self._text, position)
            if literal:
                given.append(next(part for part in literal.groups() if part is not None))
                position = literal.end()
            elif reference:
                value, position = self._reference(reference)
                given.append(value)
            else:
                position += 1
        return given, position + 1


def _member(value: Any, name: str) -> Any:
    if isinstance(value, list):
        return {"size": lambda: len(value)}.get(name) or (
            value[int(name)] if name.isdigit() and int(name) < len(value) else None
        )
    return value.get(name) if isinstance(value, Mapping) else None


def _shown(value: Any) -> str:
    if isinstance(value, bool | Mapping | list):
        return json.dumps(value)
    return str(value)


def _roots(values: Values) -> Mapping[str, Any]:
    return {
        "context": values.context,
        "input": _input(values),
        "stageVariables": values.variables,
        "util": _UTIL,
    }


def _input(values: Values) -> Mapping[str, Any]:
    def document() -> Any:
        try:
            return json.loads(values.body or "{}")
        except ValueError:
            return values.body

    def params(name: str | None = None) -> Any:
        if name is None:
            return values.request
        found = (values.parameter(place, name) for place in ("path", "querystring", "header"))
        return next((text for text in found if text is not None), "")

    def path(expression: str) -> Any:
        return _found(document(), expression)

    def as_json(expression: str) -> str:
        return json.dumps(path(expression), separators=(",", ":"))

    return {"body": values.body, "json": as_json, "params": params, "path": path}


def _found(document: Any, expression: str) -> Any:
    """The JSONPath of plain members and positions: `$.orders[0].id`."""
    for step in _STEP.finditer(expression):
        document = _member(document, next(part for part in step.groups() if part is not None))
    return document


def _escaped(text: Any) -> str:
    return json.dumps(str(text))[1:-1]


_UTIL: Mapping[str, Callable[[Any], Any]] = {
    "base64Decode": lambda text: base64.b64decode(text).decode(),
    "base64Encode": lambda text: base64.b64encode(str(text).encode()).decode(),
    "escapeJavaScript": _escaped,
    "parseJson": json.loads,
    "urlDecode": unquote,
    "urlEncode": lambda text: quote(_shown(text), safe=""),
}
