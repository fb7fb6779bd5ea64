"""The Velocity Template Language as API Gateway runs it.

Owns what airspeed, which parses and runs the language, takes from Python where Velocity takes it from Java: which
members a value has, how it reads as text, and what may stand in a name or in a string.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import airspeed  # type: ignore[import-untyped]

from workbench.local_aws.gateway.java_methods import method_of, text_of

_NEVER = re.compile(r"(?!)")
_NAME = r"[a-z_][a-z0-9_-]*"


class MalformedTemplate(Exception):
    """The template cannot be read, or fails on this request."""


def merged(template: str, roots: Mapping[str, Any]) -> str:
    """What the template makes of its `roots`, which it may change. A reference that stands for nothing stays.

    Raises MalformedTemplate.
    """
    try:
        text: str = airspeed.Template(template).merge(roots)
    except airspeed.TemplateError as error:
        raise MalformedTemplate(str(error)) from error
    return text


class _Reference(airspeed.FormalReference):  # type: ignore[misc]
    def evaluate_raw(self, stream: Any, namespace: Any, loader: Any) -> None:
        value = self.expression.calculate(namespace, loader) if self.expression else None
        if value is None and self.alternate is not None:
            value = self.alternate.calculate(namespace, loader)
        nothing = "" if self.silent and self.expression else self.my_text()
        stream.write(nothing if value is None else text_of(value))


class _Member(airspeed.NameOrCall):  # type: ignore[misc]
    NAME = re.compile(f"({_NAME})", re.IGNORECASE)

    def calculate(self, current_object: Any, loader: Any, top_namespace: Any) -> Any:
        value = _named(current_object, self.name)
        if self.parameters is not None:
            call = value if callable(value) else method_of(current_object, self.name)
            return call(*self.parameters.calculate(top_namespace, loader)) if call else None
        if callable(value):
            return None
        return value if self.index is None else _at(value, self.index.calculate(top_namespace, loader))


class _Step(airspeed.SubExpression):  # type: ignore[misc]
    def calculate(self, current_object: Any, loader: Any, global_namespace: Any) -> Any:
        if not isinstance(self.expression, airspeed.ArrayIndex):
            return self.expression.calculate(current_object, loader, global_namespace)
        found = _at(current_object, self.expression.calculate(global_namespace, loader))
        return self.subexpression.calculate(found, loader, global_namespace) if self.subexpression else found


def _named(value: Any, name: str) -> Any:
    try:
        return value[name] if isinstance(value, Mapping) else None
    except KeyError:
        return None


def _at(value: Any, index: Any) -> Any:
    try:
        return value[index]
    except (IndexError, KeyError, TypeError):
        return None


def _speak_velocity() -> None:
    airspeed.FormalReference, airspeed.NameOrCall, airspeed.SubExpression = _Reference, _Member, _Step
    airspeed.SetDirective.PLACE = re.compile(rf"\s*\$({_NAME}(?:\.{_NAME})*)", re.IGNORECASE)
    # Velocity takes backslashes in strings as they are, which regular expressions rely on.
    airspeed.StringLiteral.ESCAPED_CHAR = airspeed.InterpolatedStringLiteral.ESCAPED_CHAR = _NEVER
    airspeed.StringLiteral.STRING = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
    airspeed.InterpolatedStringLiteral.STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)


_speak_velocity()
