"""Hypothesis strategies: catalogues of a few rules and any state of their pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import TypeVar

from fitness.catalogue import Catalogue
from fitness.model import Enforcement, Pair, Resource, Status
from fitness.rule import Rule
from fitness.score import Score, score
from hypothesis import strategies as st

from tests.unit.core.builders import catalogue, category, pairs, resources, rule

Value = TypeVar("Value")

NAMES = ("ssl", "kms", "recovery")
PATHS = ("A", "B", "C")
WEIGHTS = st.sampled_from([Fraction(1), Fraction(0), Fraction(1, 3), Fraction(5, 2), Fraction(10)])
CATEGORIES = st.sampled_from(["security", "reliability"])
ENFORCEMENTS = st.sampled_from([Enforcement.SCORED, Enforcement.SCORED, Enforcement.BLOCKING, Enforcement.REPORT])
NO_PAIR = ""
STATES = st.sampled_from(["+", "-", "?", "/", "+", "-", "?", "+w", "-w", "?w", NO_PAIR])


@dataclass(frozen=True)
class World:
    """A catalogue, and pairs under it."""

    catalogue: Catalogue
    pairs: tuple[Pair, ...]

    @property
    def resources(self) -> tuple[Resource, ...]:
        return resources(PATHS)

    @property
    def score(self) -> Score:
        return score(self.catalogue, self.resources, self.pairs)

    def with_pairs(self, pairs: Iterable[Pair]) -> World:
        return replace(self, pairs=tuple(pairs))

    def assuming(self, status: Status) -> World:
        """Every unknown pair with this status."""
        return self.with_pairs(
            replace(pair, status=status) if pair.status is Status.INSUFFICIENT_DATA else pair for pair in self.pairs
        )


def several(strategy: st.SearchStrategy[Value], number: int) -> st.SearchStrategy[list[Value]]:
    return st.lists(strategy, min_size=number, max_size=number)


def _catalogue(rules: list[Rule], weights: list[Fraction], factors: list[Fraction]) -> Catalogue:
    categories = [category("security", weights[0]), category("reliability", weights[1])]
    return catalogue(*rules, categories=categories, factors=dict(zip(PATHS, factors, strict=True)))


RULES = st.builds(rule, st.sampled_from(NAMES), WEIGHTS, CATEGORIES, enforcement=ENFORCEMENTS)
CATALOGUES = st.builds(
    _catalogue,
    st.lists(RULES, min_size=1, max_size=len(NAMES), unique_by=lambda rule: rule.id),
    several(WEIGHTS, 2),
    several(WEIGHTS, len(PATHS)),
)
MATRICES = several(STATES, len(NAMES) * len(PATHS))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Each rule with any status, or no pair, on each resource."""
    known = draw(CATALOGUES)
    return World(known, pairs_of(known, draw(MATRICES)))


def pairs_of(catalogue: Catalogue, states: list[str]) -> tuple[Pair, ...]:
    """The pairs whose states are written one after the other, resource by resource."""
    cells = zip(product(catalogue.rules, PATHS), states, strict=False)
    return pairs("; ".join(f"{name}: {path}{state}" for (name, path), state in cells if state != NO_PAIR))
