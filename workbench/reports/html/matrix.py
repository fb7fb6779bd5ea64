"""The matrix of resources and rules: one table for each type of resource, with the rules that judge it.

Owns which cell says what. A cell is a mark, a letter for the style and a sign that needs no colour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fitness.model import Pair, Resource, Status
from fitness.rule import Rule
from fitness.score import Key
from fitness.scorecard import Scorecard

from workbench.reports import findings


@dataclass(frozen=True)
class Mark:
    """What a cell shows; `style` is its class, short because there are thousands."""

    style: str
    sign: str
    meaning: str


_MARKS: Mapping[Status, Mark] = {
    Status.COMPLIANT: Mark("c", "✓", "compliant"),
    Status.NON_COMPLIANT: Mark("n", "✗", "not compliant"),
    Status.INSUFFICIENT_DATA: Mark("u", "?", "not known"),
    Status.NOT_APPLICABLE: Mark("x", "-", "not applicable"),
}
_WAIVED = Mark("w", "w", "waived")
_REGRESSED = Mark("r", "✗", "regressed: compliant in the baseline")
NOTHING = Mark("", "", "")
LEGEND = (*_MARKS.values(), _REGRESSED, _WAIVED)


@dataclass(frozen=True)
class Row:
    """A resource, and its cells in the order of the table's rules."""

    resource: Resource
    cells: tuple[Mark, ...]


@dataclass(frozen=True)
class Table:
    """All resources of one type."""

    type: str
    rules: tuple[Rule, ...]
    rows: tuple[Row, ...]


def tables(card: Scorecard) -> tuple[Table, ...]:
    """A table for each type that some rule judges, in the order of their names; rules in the order of the catalogue."""
    regressed = {pair.key for pair in findings.regressed(card)}
    marks = {pair.key: _mark(pair, regressed) for pair in card.judgement.pairs}
    judged = {path for _, path in marks}
    by_type: dict[str, list[Resource]] = defaultdict(list)
    for resource in sorted(card.snapshot.resources, key=lambda resource: resource.path):
        if resource.path in judged:
            by_type[resource.type].append(resource)
    rules = card.catalogue.rules.values()
    return tuple(_table(type_, by_type[type_], rules, marks) for type_ in sorted(by_type))


def _mark(pair: Pair, regressed: set[Key]) -> Mark:
    if pair.waived:
        return _WAIVED
    return _REGRESSED if pair.key in regressed else _MARKS[pair.status]


def _table(type_: str, resources: Iterable[Resource], rules: Iterable[Rule], marks: Mapping[Key, Mark]) -> Table:
    resources = list(resources)
    judging = tuple(rule for rule in rules if any((rule.id, resource.path) in marks for resource in resources))
    rows = (
        Row(resource, tuple(marks.get((rule.id, resource.path), NOTHING) for rule in judging)) for resource in resources
    )
    return Table(type_, judging, tuple(rows))
