"""The Rules section of a template: assertions about the values of its parameters.

Owns their evaluation. Rules see parameters only; functions that look into the account (`Fn::ValueOf`) are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench import templates
from workbench.local_aws.service import AwsError
from workbench.templates import InvalidTemplate, Scope
from workbench.templates.functions import scalar_text


def check(rules: Mapping[str, Any], scope: Scope) -> None:
    """Raises AwsError for the first assertion that does not hold."""
    for name, rule in rules.items():
        if "RuleCondition" in rule and not _holds(rule["RuleCondition"], scope):
            continue
        for assertion in rule.get("Assertions") or ():
            if not _holds(assertion.get("Assert"), scope):
                said = assertion.get("AssertDescription", "an assertion does not hold")
                raise AwsError("ValidationError", f"Template validation error: Rule {name}: {said}")


def _holds(condition: Any, scope: Scope) -> bool:
    if isinstance(condition, Mapping) and len(condition) == 1:
        ((function, argument),) = condition.items()
        if function in _FUNCTIONS and isinstance(argument, list):
            return _FUNCTIONS[function](argument, scope)
    message = f"Template error: a rule is made of {', '.join(sorted(_FUNCTIONS))}"
    raise AwsError("ValidationError", message)


def _value(argument: Any, scope: Scope) -> Any:
    try:
        return templates.resolve(argument, scope)
    except InvalidTemplate as error:
        raise AwsError("ValidationError", f"Template error: {error.message}") from error


def _texts(argument: Any, scope: Scope) -> list[str]:
    value = _value(argument, scope)
    return [scalar_text(item) for item in (value if isinstance(value, list) else [value])]


def _contains(argument: list[Any], scope: Scope) -> bool:
    return _texts(argument[1], scope)[0] in _texts(argument[0], scope)


def _each_equals(argument: list[Any], scope: Scope) -> bool:
    return set(_texts(argument[0], scope)) <= set(_texts(argument[1], scope)[:1])


def _each_in(argument: list[Any], scope: Scope) -> bool:
    return set(_texts(argument[0], scope)) <= set(_texts(argument[1], scope))


_FUNCTIONS: Mapping[str, Callable[[list[Any], Scope], bool]] = {
    "Fn::And": lambda argument, scope: all(_holds(each, scope) for each in argument),
    "Fn::Contains": _contains,
    "Fn::EachMemberEquals": _each_equals,
    "Fn::EachMemberIn": _each_in,
    "Fn::Equals": lambda argument, scope: _texts(argument[0], scope) == _texts(argument[1], scope),
    "Fn::Not": lambda argument, scope: not _holds(argument[0], scope),
    "Fn::Or": lambda argument, scope: any(_holds(each, scope) for each in argument),
}
