"""The Conditions section: which parts of a template exist.

Owns `evaluate_conditions` and `exists`. Logic is three-valued: false and unknown is false, true and unknown is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workbench.resources import Unknown
from workbench.templates.errors import InvalidTemplate, Path
from workbench.templates.functions import scalar_text
from workbench.templates.intrinsics import first_unknown, resolve
from workbench.templates.scope import Scope

Outcome = bool | Unknown


def evaluate_conditions(conditions: Mapping[str, Any], scope: Scope) -> dict[str, Outcome]:
    """The outcome of every condition; it may use parameters, pseudo parameters and mappings of the scope.

    Raises `InvalidTemplate` for an unknown function, an unknown condition or a cycle.
    """
    evaluation = _Evaluation(conditions, scope)
    return {name: evaluation.named(name, ("Conditions", name)) for name in conditions}


def exists(part: Mapping[str, Any], outcomes: Mapping[str, Outcome], path: Path) -> Outcome:
    """Whether a resource or an output with this body exists."""
    name = part.get("Condition")
    if name is None:
        return True
    if not isinstance(name, str) or name not in outcomes:
        raise InvalidTemplate(f"Condition {name!r} is not in the Conditions section", (*path, "Condition"))
    return outcomes[name]


class _Evaluation:
    """Evaluates on demand, once each, and notices when a condition depends on itself."""

    def __init__(self, conditions: Mapping[str, Any], scope: Scope) -> None:
        self._conditions = conditions
        self._outcomes: dict[str, Outcome] = {}
        self._open: list[str] = []
        self._scope = replace(scope, ref=_only_parameters, get_att=_no_attributes)

    def named(self, name: Any, path: Path) -> Outcome:
        if not isinstance(name, str) or name not in self._conditions:
            raise InvalidTemplate(f"{name!r} is not in the Conditions section", path)
        if name in self._open:
            cycle = " -> ".join([*self._open[self._open.index(name) :], name])
            raise InvalidTemplate(f"the conditions depend on each other in a circle: {cycle}", path)
        if name not in self._outcomes:
            self._open.append(name)
            self._outcomes[name] = self.outcome(self._conditions[name], ("Conditions", name))
            self._open.pop()
        return self._outcomes[name]

    def outcome(self, value: Any, path: Path) -> Outcome:
        match value:
            case {"Condition": name, **others} if not others:
                return self.named(name, (*path, "Condition"))
            case {"Fn::Equals": argument, **others} if not others:
                return self._equals(argument, (*path, "Fn::Equals"))
            case {"Fn::Not": [single], **others} if not others:
                inner = self.outcome(single, (*path, "Fn::Not", 0))
                return inner if isinstance(inner, Unknown) else not inner
            case {"Fn::And": _, **others} | {"Fn::Or": _, **others} if not others:
                return self._combined(value, path)
        raise InvalidTemplate("a condition is made of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition", path)

    def _combined(self, value: dict[str, Any], path: Path) -> Outcome:
        ((function, operands),) = value.items()
        if not isinstance(operands, list) or not 2 <= len(operands) <= 10:
            raise InvalidTemplate(f"{function} takes two to ten conditions", (*path, function))
        outcomes = [self.outcome(operand, (*path, function, index)) for index, operand in enumerate(operands)]
        return _COMBINE[function](outcomes)

    def _equals(self, argument: Any, path: Path) -> Outcome:
        if not isinstance(argument, list) or len(argument) != 2:
            raise InvalidTemplate("Fn::Equals takes two values", path)
        left, right = (self._resolved(item, (*path, index)) for index, item in enumerate(argument))
        return first_unknown([left, right]) or _comparable(left) == _comparable(right)

    def _resolved(self, value: Any, path: Path) -> Any:
        try:
            return resolve(value, self._scope, path)
        except InvalidTemplate as error:
            # The callbacks of the scope do not know where they are asked from.
            error.path = error.path or path
            raise


def _and(outcomes: list[Outcome]) -> Outcome:
    return False if False in outcomes else first_unknown(outcomes) or True


def _or(outcomes: list[Outcome]) -> Outcome:
    return True if True in outcomes else first_unknown(outcomes) or False


_COMBINE: dict[str, Callable[[list[Outcome]], Outcome]] = {"Fn::And": _and, "Fn::Or": _or}


def _comparable(value: Any) -> Any:
    if isinstance(value, list):
        return [_comparable(item) for item in value]
    return value if isinstance(value, dict) else scalar_text(value)


def _only_parameters(name: str) -> Any:
    raise InvalidTemplate(f"a condition cannot refer to {name}: only parameters and mappings are known then")


def _no_attributes(logical_id: str, attribute: str) -> Any:
    raise InvalidTemplate(f"a condition cannot refer to {logical_id}.{attribute}: resources do not exist yet")
