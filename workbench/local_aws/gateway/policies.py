"""What an IAM policy says about a request: resource policies of APIs and functions, policies of authorizers. Pure.

Owns effect, action, resource and condition. Whom a statement names as its principal is looked at by `admits`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from ipaddress import ip_address, ip_network
from typing import Any, Literal

Effect = Literal["Allow", "Deny", ""]
"""The empty effect is what a policy says by saying nothing."""


@dataclass(frozen=True)
class Access:
    """What is about to happen; `context` holds the condition keys, which are lower-case."""

    action: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)


def effect(document: Any, access: Access) -> Effect:
    """A statement that denies goes before all that allow."""
    effects = {statement.get("Effect") for statement in statements(document) if covers(statement, access)}
    return "Deny" if "Deny" in effects else "Allow" if "Allow" in effects else ""


def statements(document: Any) -> list[Mapping[str, Any]]:
    """The statements of a policy, which may be text."""
    parsed = json.loads(document or "{}") if isinstance(document, str) else document or {}
    return _many(parsed.get("Statement"))


def covers(statement: Mapping[str, Any], access: Access) -> bool:
    """Whether a statement is about this access, whatever it says of it."""
    return (
        _names(statement, "Action", access.action.lower(), str.lower)
        and _names(statement, "Resource", access.resource)
        and all(_holds(operator, keys, access.context) for operator, keys in (statement.get("Condition") or {}).items())
    )


def admits(statement: Mapping[str, Any], service: str) -> bool:
    """Whether the principal of a statement takes in a service (`apigateway.amazonaws.com`)."""
    principal = statement.get("Principal")
    if isinstance(principal, Mapping):
        return service in _many(principal.get("Service")) or "*" in _many(principal.get("AWS"))
    return principal in ("*", service)


def _names(statement: Mapping[str, Any], kind: str, name: str, fold: Callable[[str], str] = str) -> bool:
    """Without an element for it, a statement is about everything."""
    excluded = _many(statement.get(f"Not{kind}"))
    if excluded:
        return not any(fnmatchcase(name, fold(pattern)) for pattern in excluded)
    included = _many(statement.get(kind))
    return not included or any(fnmatchcase(name, fold(pattern)) for pattern in included)


def _holds(operator: str, keys: Mapping[str, Any], context: Mapping[str, str]) -> bool:
    name = operator.lower().rpartition(":")[2]
    is_optional = name.endswith("ifexists")
    name = name.removesuffix("ifexists")
    is_negative = "not" in name
    compare = _OPERATORS.get(name.replace("not", ""), _never)
    return all(
        is_optional if key.lower() not in context else _compared(compare, context[key.lower()], values) != is_negative
        for key, values in keys.items()
    )


def _compared(compare: Callable[[str, str], bool], given: str, values: Any) -> bool:
    return any(compare(given, str(value)) for value in _many(values))


def _in_network(given: str, network: str) -> bool:
    return ip_address(given) in ip_network(network, strict=False)


def _same(given: str, wanted: str) -> bool:
    return given == wanted


def _same_whatever_the_case(given: str, wanted: str) -> bool:
    return given.lower() == wanted.lower()


def _never(_given: str, _wanted: str) -> bool:
    return False


_OPERATORS: Mapping[str, Callable[[str, str], bool]] = {
    "arnequals": fnmatchcase,
    "arnlike": fnmatchcase,
    "bool": _same_whatever_the_case,
    "ipaddress": _in_network,
    "stringequals": _same,
    "stringequalsignorecase": _same_whatever_the_case,
    "stringlike": fnmatchcase,
}


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str | Mapping) else [value]
