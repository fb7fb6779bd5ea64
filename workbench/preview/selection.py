"""Judging by a few rules only, of the catalogue or not.

Owns `only`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from fitness.catalogue import Catalogue
from fitness.model import Enforcement
from fitness.rule import Category, Rule
from fitness.strict_yaml import suggestion

from workbench.managed_rules import MANAGED_RULES, ManagedRule, identifier_of
from workbench.problems import UserError

_CATEGORY = Category("selected", "Selected rules", Fraction(1), None)
_SEVERITY, _WEIGHT = "medium", Fraction(5)


def only(catalogue: Catalogue, names: Iterable[str]) -> Catalogue:
    """The catalogue with these rules alone; a managed rule that it does not hold counts as one of medium severity.

    A rule that is off is reported without counting. Raises `UserError` for a name that nobody knows.
    """
    rules = [_rule(catalogue, name) for name in names]
    chosen = {rule.id: rule for rule in rules}
    strangers = {_CATEGORY.id: _CATEGORY} if any(rule.category == _CATEGORY.id for rule in rules) else {}
    return replace(
        catalogue,
        rules=chosen,
        categories={**catalogue.categories, **strangers},
        severities={_SEVERITY: _WEIGHT, **catalogue.severities},
        waivers=tuple(waiver for waiver in catalogue.waivers if waiver.rule in chosen),
    )


def _rule(catalogue: Catalogue, name: str) -> Rule:
    rule = catalogue.rules.get(name) or _of_identifier(catalogue, identifier_of(name))
    if rule is None and identifier_of(name) in MANAGED_RULES:
        return _unlisted(MANAGED_RULES[identifier_of(name)], catalogue.severities.get(_SEVERITY, _WEIGHT))
    if rule is None:
        known = [*catalogue.rules, *(managed.id for managed in MANAGED_RULES.values())]
        raise UserError(
            f"There is no rule {name}{suggestion(name.lower(), known)}; `fitness explain --list` names all."
        )
    return replace(rule, enforcement=Enforcement.REPORT) if rule.enforcement is Enforcement.OFF else rule


def _of_identifier(catalogue: Catalogue, identifier: str) -> Rule | None:
    return next((rule for rule in catalogue.rules.values() if rule.managed == identifier), None)


def _unlisted(managed: ManagedRule, weight: Fraction) -> Rule:
    return Rule(
        id=managed.id,
        title=managed.title.rstrip("."),
        category=_CATEGORY.id,
        severity=_SEVERITY,
        weight=weight,
        enforcement=Enforcement.SCORED,
        managed=managed.identifier,
        function=None,
        resource_types=managed.resource_types,
        parameters=managed.console_parameters,
        frequency=None,
        exclude=(),
        match=(),
        remediation=None,
    )
