"""Values of template parameters: defaults, overrides, types and constraints.

Owns `parameter_values`. A type that CloudFormation reads from Systems Manager is answered by a callback.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from workbench.resources import Unknown
from workbench.templates.errors import InvalidTemplate, Path
from workbench.templates.functions import scalar_text

_SSM_VALUE = "AWS::SSM::Parameter::Value<"


def required(name: str) -> Any:
    """The answer for a parameter without a value that CloudFormation gives: an error."""
    raise InvalidTemplate(f"parameter {name} needs a value", ("Parameters", name))


def unknown(name: str) -> Any:
    """The answer for a parameter without a value that a preview gives."""
    return Unknown(f"parameter {name} has no value")


def unknown_ssm(name: str) -> Any:
    return Unknown(f"the value of {name} in Systems Manager")


def parameter_values(
    declared: Mapping[str, Any],
    given: Mapping[str, Any],
    *,
    missing: Callable[[str], Any] = required,
    ssm: Callable[[str], Any] = unknown_ssm,
) -> dict[str, Any]:
    """The value of every declared parameter, checked and typed: lists for list types, numbers for `Number`.

    `given` overrides defaults; `missing` answers for parameters with neither; `ssm` reads a parameter of Systems
    Manager by its name. Raises `InvalidTemplate` for a value that breaks a constraint or belongs to no parameter.
    """
    if strangers := sorted(set(given) - set(declared)):
        names = ", ".join(declared) or "none"
        message = f"the template has no parameter {', '.join(strangers)}; its parameters: {names}"
        raise InvalidTemplate(message, ("Parameters",))
    return {name: _value(name, body, given, missing, ssm) for name, body in declared.items()}


def _value(
    name: str, body: Any, given: Mapping[str, Any], missing: Callable[[str], Any], ssm: Callable[[str], Any]
) -> Any:
    if not isinstance(body, dict) or not isinstance(body.get("Type"), str):
        raise InvalidTemplate(f"parameter {name} needs a Type", ("Parameters", name))
    raw = given.get(name, body.get("Default"))
    if raw is None:
        return missing(name)
    if isinstance(raw, Unknown):
        return raw
    if body["Type"].startswith(_SSM_VALUE):
        return ssm(scalar_text(raw))
    return _checked(name, body, raw)


def _checked(name: str, body: dict[str, Any], raw: Any) -> Any:
    if _is_list(body["Type"]):
        items = raw if isinstance(raw, list) else scalar_text(raw).split(",")
        return [_item(name, body, scalar_text(item).strip()) for item in items if item != ""]
    if isinstance(raw, dict | list):
        raise InvalidTemplate(f"parameter {name} takes a single value", ("Parameters", name))
    return _item(name, body, scalar_text(raw))


def _is_list(kind: str) -> bool:
    return kind == "CommaDelimitedList" or kind.startswith("List<")


def _item(name: str, body: dict[str, Any], text: str) -> Any:
    path: Path = ("Parameters", name)
    shown = "the given value" if body.get("NoEcho") in (True, "true") else repr(text)
    problem = next((said for check in _CHECKS if (said := check(body, text))), None)
    if problem:
        reason = f" ({body['ConstraintDescription']})" if "ConstraintDescription" in body else ""
        raise InvalidTemplate(f"parameter {name} {problem}, not {shown}{reason}", path)
    return _number(text) if "Number" in body["Type"] else text


def _number(text: str) -> int | float | None:
    for convert in (int, float):
        try:
            return convert(text)
        except ValueError:
            continue
    return None


def _check_type(body: dict[str, Any], text: str) -> str | None:
    return "must be a number" if "Number" in body["Type"] and _number(text) is None else None


def _check_allowed(body: dict[str, Any], text: str) -> str | None:
    values = body.get("AllowedValues") or []
    if not isinstance(values, list):
        return "needs a list of AllowedValues"
    allowed = [scalar_text(value) for value in values]
    shown = ", ".join(value or "''" for value in allowed)
    return f"must be one of {shown}" if allowed and text not in allowed else None


def _check_pattern(body: dict[str, Any], text: str) -> str | None:
    if not body.get("AllowedPattern"):
        return None
    try:
        pattern = re.compile(scalar_text(body["AllowedPattern"]))
    except re.error:
        # CloudFormation's patterns are Java's: what Python cannot compile is left to CloudFormation.
        return None
    return None if pattern.fullmatch(text) else f"must match {pattern.pattern}"


def _check_length(body: dict[str, Any], text: str) -> str | None:
    return _outside(len(text), body.get("MinLength"), body.get("MaxLength"), "characters")


def _check_range(body: dict[str, Any], text: str) -> str | None:
    number = _number(text) if "Number" in body["Type"] else None
    return None if number is None else _outside(number, body.get("MinValue"), body.get("MaxValue"), "")


def _outside(value: float, low: Any, high: Any, unit: str) -> str | None:
    lowest, highest = _number(scalar_text(low)), _number(scalar_text(high))
    if lowest is not None and value < lowest:
        return f"must have at least {low} {unit}" if unit else f"must be at least {low}"
    if highest is not None and value > highest:
        return f"must have at most {high} {unit}" if unit else f"must be at most {high}"
    return None


_CHECKS: tuple[Callable[[dict[str, Any], str], str | None], ...] = (
    _check_type,
    _check_allowed,
    _check_pattern,
    _check_length,
    _check_range,
)
