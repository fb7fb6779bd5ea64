"""The catalogue: what a fit architecture is, how much each rule weighs, and what the gate demands.

Owns the meaning of `rules.yaml` and its strict loading. Weights are exact fractions.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from fitness.gate import Gate, GateEnforcement, Mode, OnInconclusive, Waiver
from fitness.model import Enforcement, Resource
from fitness.rule import Category, Criticality, Frequency, Rule
from fitness.strict_yaml import InvalidYaml, Node, parse

Value = TypeVar("Value")


class InvalidCatalogue(InvalidYaml):
    """rules.yaml is wrong; the message names file, line and column, and the cure."""


@dataclass(frozen=True)
class Catalogue:
    """The content of rules.yaml; `rules` and `categories` keep the order of the file."""

    severities: Mapping[str, Fraction]
    categories: Mapping[str, Category]
    criticality: tuple[Criticality, ...]
    rules: Mapping[str, Rule]
    gate: Gate
    waivers: tuple[Waiver, ...]
    digest: str

    def weight(self, rule: Rule) -> Fraction:
        """Weight in the score: zero for a rule that only reports."""
        return self._weights[rule.id]

    @cached_property
    def _weights(self) -> Mapping[str, Fraction]:
        silent = (Enforcement.REPORT, Enforcement.OFF)
        return {
            key: Fraction(0) if rule.enforcement in silent else rule.weight * self.categories[rule.category].weight
            for key, rule in self.rules.items()
        }

    def share(self, resource: Resource) -> Fraction:
        """The resource's criticality factor: the first that covers it, else 1."""
        return next((entry.factor for entry in self.criticality if entry.covers(resource)), Fraction(1))


DEFAULT_SEVERITIES: Mapping[str, Fraction] = {
    "critical": Fraction(10),
    "high": Fraction(15, 2),
    "medium": Fraction(5),
    "low": Fraction(5, 2),
    "informational": Fraction(0),
}
_KEBAB_CASE = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_SECTIONS = ("version", "severities", "categories", "criticality", "rules", "gate", "waivers")
_REQUIRED = ("version", "categories", "rules")
_RULE_KEYS = (
    *("title", "category", "severity", "weight", "enforcement", "managed", "lambda", "resource_types"),
    *("parameters", "frequency", "exclude", "match", "remediation"),
)
_GATE_KEYS = (
    *("enforcement", "mode", "minimum", "target", "minimum_improvement", "allowed_regressions"),
    *("coverage_minimum", "on_inconclusive", "wait", "settle"),
)


def load(text: str, source: str = "rules.yaml") -> Catalogue:
    """The catalogue written in `text`.

    Raises:
        InvalidCatalogue: anything in it is unknown, doubled, missing or of the wrong type; one sentence with
            `source`, line and column.
    """
    try:
        return _catalogue(parse(text, source), text)
    except InvalidCatalogue:
        raise
    except InvalidYaml as error:
        raise InvalidCatalogue(error.message, error.source, error.line, error.column) from None


def _catalogue(root: Node, text: str) -> Catalogue:
    given = root.fields(_SECTIONS, required=_REQUIRED)
    sections = {key: node for key, node in given.items() if key in _REQUIRED or not node.empty}
    if sections["version"].number() != 1:
        raise sections["version"].error("version must be 1, the only one there is.")
    severities = _optional(sections, "severities", _severities, DEFAULT_SEVERITIES)
    categories = {key: _category(key, node) for key, node in sections["categories"].items().items()}
    return Catalogue(
        severities=severities,
        categories=categories,
        criticality=_optional(sections, "criticality", _criticality, ()),
        rules=_rules(sections["rules"], categories, severities),
        gate=_optional(sections, "gate", lambda node: _gate(node, severities), Gate()),
        waivers=_optional(sections, "waivers", _waivers, ()),
        digest="sha256:" + hashlib.sha256(text.encode()).hexdigest(),
    )


def _optional(fields: Mapping[str, Node], key: str, read: Callable[[Node], Value], default: Value) -> Value:
    return read(fields[key]) if key in fields else default


def _percentage(node: Node) -> Fraction:
    return node.number(maximum=100)


def _severities(node: Node) -> Mapping[str, Fraction]:
    return {key: value.number() for key, value in node.items().items()}


def _category(key: str, node: Node) -> Category:
    fields = node.fields(("title", "weight", "minimum"))
    return Category(
        id=key,
        title=_optional(fields, "title", Node.text, key.capitalize()),
        weight=_optional(fields, "weight", Node.number, Fraction(1)),
        minimum=_optional(fields, "minimum", _percentage, None),
    )


def _criticality(node: Node) -> tuple[Criticality, ...]:
    return tuple(_criticality_entry(entry) for entry in node.sequence())


def _criticality_entry(node: Node) -> Criticality:
    fields = node.fields(("resource", "type", "factor"), required=("factor",))
    if "resource" not in fields and "type" not in fields:
        raise node.error(f"{node.name} must name a resource, a type, or both.")
    return Criticality(
        resource=_optional(fields, "resource", Node.text, None),
        type=_optional(fields, "type", Node.text, None),
        factor=fields["factor"].number(),
    )


def _rules(node: Node, categories: Mapping[str, Category], severities: Mapping[str, Fraction]) -> Mapping[str, Rule]:
    rules: dict[str, Rule] = {}
    ids: dict[str, str] = {}
    for key, entry in node.items().items():
        rules[key] = _rule(key, entry, categories, severities)
        other = ids.setdefault(rules[key].logical_id, key)
        if other != key:
            both = f"'{other}' and '{key}' would both be the Config rule {rules[key].logical_id}"
            raise entry.key_error(f"rule ids {both}; rename one of them.")
    return rules


def _rule(key: str, node: Node, categories: Mapping[str, Category], severities: Mapping[str, Fraction]) -> Rule:
    if not _KEBAB_CASE.fullmatch(key):
        raise node.key_error(f"rule id '{key}' must be kebab-case, such as s3-bucket-versioning-enabled.")
    fields = node.fields(_RULE_KEYS, required=("title", "category", "severity", "resource_types"))
    if "managed" in fields and "lambda" in fields:
        raise fields["lambda"].error(f"{node.name} has both 'managed' and 'lambda'; keep one of them.")
    severity = fields["severity"].reference(severities, "severity")
    function = _optional(fields, "lambda", Node.text, None)
    identifier = _optional(fields, "managed", Node.text, key.upper().replace("-", "_"))
    return Rule(
        id=key,
        title=fields["title"].text(),
        category=fields["category"].reference(categories, "category"),
        severity=severity,
        weight=_optional(fields, "weight", Node.number, severities[severity]),
        enforcement=_optional(fields, "enforcement", lambda value: value.choice(Enforcement), Enforcement.SCORED),
        managed=None if function else identifier,
        function=function,
        resource_types=_resource_types(fields["resource_types"]),
        parameters=_optional(fields, "parameters", _parameters, {}),
        frequency=_optional(fields, "frequency", lambda value: value.choice(Frequency), None),
        exclude=_optional(fields, "exclude", Node.texts, ()),
        match=_optional(fields, "match", Node.texts, ()),
        remediation=_optional(fields, "remediation", Node.text, None),
    )


def _resource_types(node: Node) -> tuple[str, ...]:
    if not node.sequence():
        raise node.error(f"{node.name} must name at least one type.")
    return node.texts()


def _parameters(node: Node) -> Mapping[str, str]:
    """InputParameters: Config takes strings only."""
    return {key: value.scalar() for key, value in node.items().items()}


def _gate(node: Node, severities: Mapping[str, Fraction]) -> Gate:
    fields = node.fields(_GATE_KEYS)
    default = Gate()
    return Gate(
        enforcement=_optional(fields, "enforcement", lambda value: value.choice(GateEnforcement), default.enforcement),
        mode=_optional(fields, "mode", lambda value: value.choice(Mode), default.mode),
        minimum=_optional(fields, "minimum", _percentage, default.minimum),
        target=_optional(fields, "target", _percentage, default.target),
        minimum_improvement=_optional(fields, "minimum_improvement", _percentage, default.minimum_improvement),
        allowed_regressions=_allowed(fields.get("allowed_regressions"), severities),
        coverage_minimum=_optional(fields, "coverage_minimum", _percentage, default.coverage_minimum),
        on_inconclusive=_optional(
            fields, "on_inconclusive", lambda value: value.choice(OnInconclusive), default.on_inconclusive
        ),
        wait=_optional(fields, "wait", Node.integer, default.wait),
        settle=_optional(fields, "settle", Node.integer, default.settle),
    )


def _allowed(node: Node | None, severities: Mapping[str, Fraction]) -> Mapping[str, int]:
    fields = node.fields(severities) if node else {}
    return {severity: value.integer() for severity, value in fields.items()}


def _waivers(node: Node) -> tuple[Waiver, ...]:
    return tuple(_waiver(entry) for entry in node.sequence())


def _waiver(node: Node) -> Waiver:
    keys = ("rule", "resources", "reason", "owner", "expires")
    fields = node.fields(keys, required=("rule", "resources", "reason", "expires"))
    return Waiver(
        rule=fields["rule"].text(),
        resources=fields["resources"].texts(),
        reason=fields["reason"].text(),
        owner=_optional(fields, "owner", Node.text, None),
        expires=fields["expires"].day(),
    )
