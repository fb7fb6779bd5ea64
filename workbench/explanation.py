"""What there is to say of one rule: from the catalogue, from the managed rule that it uses, or from both."""

from __future__ import annotations

from collections.abc import Iterator

from fitness.catalogue import Catalogue
from fitness.rule import Frequency, Rule
from fitness.strict_yaml import suggestion
from rich.console import RenderableType

from workbench.managed_rules.model import ManagedRule, Trigger, identifier_of
from workbench.managed_rules.registry import MANAGED_RULES
from workbench.problems import UserError
from workbench.reports.layout import entry, section, title
from workbench.reports.wording import clean, number

_TRIGGERS = {
    Trigger.CHANGE: "when a resource changes",
    Trigger.PERIODIC: "periodically",
    Trigger.HYBRID: "when a resource changes, and periodically",
}
_FREQUENCIES = {
    Frequency.ONE_HOUR: "every hour",
    Frequency.THREE_HOURS: "every three hours",
    Frequency.SIX_HOURS: "every six hours",
    Frequency.TWELVE_HOURS: "every twelve hours",
    Frequency.TWENTY_FOUR_HOURS: "once a day",
}


def ids() -> list[str]:
    """The ids of all rules with an offline check."""
    return sorted(rule.id for rule in MANAGED_RULES.values())


def explain(name: str, catalogue: Catalogue | None) -> Iterator[RenderableType]:
    """The parts of an explanation of the rule with this id or identifier.

    Raises:
        UserError: neither the catalogue nor the offline checks know it.
    """
    rule = _in_catalogue(name, catalogue)
    identifier = rule.managed if rule else identifier_of(name)
    managed = MANAGED_RULES.get(identifier or "")
    if rule is None and managed is None:
        known = [*ids(), *(catalogue.rules if catalogue else ())]
        raise UserError(
            f"There is no rule {name}{suggestion(name.lower(), known)}; `fitness explain --list` names all."
        )
    return _parts(rule, managed, catalogue)


def _in_catalogue(name: str, catalogue: Catalogue | None) -> Rule | None:
    rules = catalogue.rules if catalogue else {}
    by_identifier = (rule for rule in rules.values() if rule.managed == identifier_of(name))
    return rules.get(name) or next(by_identifier, None)


def _parts(rule: Rule | None, managed: ManagedRule | None, catalogue: Catalogue | None) -> Iterator[RenderableType]:
    yield title(rule.id if rule else managed.id if managed else "", rule.title if rule else "")
    if managed:
        yield from section("What it checks", [entry("", clean(text)) for text in _logic(managed)])
    elif rule:
        yield from section("What it checks", [entry("", _without_check(rule))])
    yield from section("When and what", [entry("-", text) for text in _scope(rule, managed)])
    if rule and catalogue:
        yield from section("In the catalogue", [entry("-", text) for text in _standing(rule, catalogue)])
        yield from section("How to comply", [entry("", rule.remediation)] if rule.remediation else [])
    else:
        yield from section("In the catalogue", [entry("", "It is not in the catalogue, so it does not count.")])


def _logic(managed: ManagedRule) -> list[str]:
    return [managed.title, *filter(None, managed.logic.split("\n\n")), f"Source: {managed.source}"]


def _without_check(rule: Rule) -> str:
    if rule.function:
        return f"The Lambda function {rule.function} in config-rules/ judges it on AWS: it needs the stack to run."
    return f"The managed Config rule {rule.managed} judges it on AWS; it cannot be judged offline."


def _scope(rule: Rule | None, managed: ManagedRule | None) -> Iterator[str]:
    if managed:
        yield f"Config evaluates it {_TRIGGERS[managed.trigger]}."
    if rule and rule.frequency:
        yield f"It is asked for {_FREQUENCIES[rule.frequency]}."
    types = rule.resource_types if rule else managed.resource_types if managed else ()
    yield f"It judges {', '.join(types)}."
    if managed and managed.parameters:
        names = [f"{found.name}{' (required)' if found.required else ''}" for found in managed.parameters]
        yield f"Its parameters: {', '.join(names)}."


def _standing(rule: Rule, catalogue: Catalogue) -> Iterator[str]:
    yield f"{catalogue.categories[rule.category].title}, {rule.severity}, {rule.enforcement.value}."
    yield f"It weighs {number(catalogue.weight(rule))}."
    for key, value in rule.parameters.items():
        yield f"{key}: {value}"
    if rule.exclude:
        yield f"It leaves out {', '.join(rule.exclude)}."
