"""Reading a rule's InputParameters, which are always strings.

Owns what an empty or malformed parameter means: empty is unset, malformed makes the answer unknown.
"""

from __future__ import annotations

from workbench.managed_rules.model import Parameters
from workbench.managed_rules.properties import Unresolved


def text_of(parameters: Parameters, name: str) -> str:
    value = parameters.get(name)
    return "" if value is None else str(value).strip()


def list_of(parameters: Parameters, name: str) -> tuple[str, ...]:
    """The values of a comma-separated parameter."""
    return tuple(value.strip() for value in text_of(parameters, name).split(",") if value.strip())


def number_of(parameters: Parameters, name: str) -> float | None:
    text = text_of(parameters, name)
    try:
        return float(text) if text else None
    except ValueError:
        raise Unresolved(f"The parameter {name} is {text!r} where a number is expected") from None


def flag_of(parameters: Parameters, name: str, *, default: bool = False) -> bool:
    text = text_of(parameters, name).lower() or str(default).lower()
    if text in ("true", "false"):
        return text == "true"
    raise Unresolved(f"The parameter {name} is {text!r} where true or false is expected")
