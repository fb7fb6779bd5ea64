"""The arithmetic: from pairs to the fitness, its interval and its coverage.

Owns `score`, the one scoring function. All figures are exact fractions: per cent, points, or None where there is
nothing to say ("n/a", never 0 and never 100).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from fitness.catalogue import Catalogue
from fitness.model import Pair, Resource, Status

PERCENT = 100
Key = tuple[str, str]  # rule id and logical path
State = tuple[str, str, Status]  # of a pair: rule id, logical path, status


@dataclass(frozen=True)
class Tally:
    """The shares of one rule's pairs that count; `weight` is the rule's in the score.

    Shares are whole numbers in a unit that all resources have in common: only their ratios matter.
    """

    weight: Fraction
    compliant: int
    non_compliant: int
    unknown: int

    @property
    def known(self) -> int:
        return self.compliant + self.non_compliant

    @property
    def total(self) -> int:
        return self.known + self.unknown

    @property
    def credit(self) -> Fraction:
        return Fraction(self.compliant, self.known)


@dataclass(frozen=True)
class Figures:
    """Fitness with its interval and coverage, all from 0 to 100, or None where nothing counts."""

    fitness: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction | None


@dataclass(frozen=True)
class Points:
    """What a rule is worth in the fitness, and how much of it the stack holds."""

    points: Fraction
    held: Fraction

    @property
    def lost(self) -> Fraction:
        return self.points - self.held


@dataclass(frozen=True)
class Score:
    """The whole result: the stack's figures, each category's, each rule's points, each violation's gain."""

    total: Figures
    fitness_without_waivers: Fraction | None
    categories: Mapping[str, Figures]
    points: Mapping[str, Points]
    gains: Mapping[Key, Fraction]


def score(catalogue: Catalogue, resources: Iterable[Resource], pairs: Sequence[Pair]) -> Score:
    """The score of the pairs under the catalogue; `resources` give the shares."""
    shares = _shares(catalogue, resources)
    tallies = _tallies(catalogue, shares, states(pair for pair in pairs if not pair.waived))
    points = _points(catalogue, tallies)
    return Score(
        total=_figures(tallies.values()),
        fitness_without_waivers=_fitness(_tallies(catalogue, shares, states(pairs))),
        categories={key: _figures(_of_category(catalogue, tallies, key)) for key in catalogue.categories},
        points=points,
        gains=_gains(pairs, shares, tallies, points),
    )


def fitness(catalogue: Catalogue, resources: Iterable[Resource], states: Iterable[State]) -> Fraction | None:
    """The fitness alone."""
    return _fitness(_tallies(catalogue, _shares(catalogue, resources), states))


def states(pairs: Iterable[Pair]) -> Iterable[State]:
    return ((pair.rule, pair.resource, pair.status) for pair in pairs)


def counts(catalogue: Catalogue, pair: Pair) -> bool:
    """Whether the pair is part of the score, whatever its status."""
    return not pair.waived and bool(catalogue.weight(catalogue.rules[pair.rule]))


def _shares(catalogue: Catalogue, resources: Iterable[Resource]) -> Mapping[str, int]:
    factors = {resource.path: catalogue.share(resource) for resource in resources}
    unit = lcm(*(factor.denominator for factor in factors.values()))
    return {path: int(factor * unit) for path, factor in factors.items()}


def _tallies(catalogue: Catalogue, shares: Mapping[str, int], states: Iterable[State]) -> dict[str, Tally]:
    sums: dict[str, dict[Status, int]] = defaultdict(lambda: dict.fromkeys(Status, 0))
    for rule, resource, status in states:
        sums[rule][status] += shares[resource]
    tallies = {
        rule: Tally(
            weight=catalogue.weight(catalogue.rules[rule]),
            compliant=by_status[Status.COMPLIANT],
            non_compliant=by_status[Status.NON_COMPLIANT],
            unknown=by_status[Status.INSUFFICIENT_DATA],
        )
        for rule, by_status in sums.items()
    }
    return {rule: tally for rule, tally in tallies.items() if tally.weight and tally.total}


def _of_category(catalogue: Catalogue, tallies: Mapping[str, Tally], category: str) -> list[Tally]:
    return [tally for rule, tally in tallies.items() if catalogue.rules[rule].category == category]


def _figures(tallies: Iterable[Tally]) -> Figures:
    counting = list(tallies)
    return Figures(
        fitness=_mean([tally for tally in counting if tally.known], lambda tally: tally.credit),
        low=_mean(counting, lambda tally: Fraction(tally.compliant, tally.total)),
        high=_mean(counting, lambda tally: Fraction(tally.compliant + tally.unknown, tally.total)),
        coverage=_mean(counting, lambda tally: Fraction(tally.known, tally.total)),
    )


def _fitness(tallies: Mapping[str, Tally]) -> Fraction | None:
    return _figures(tallies.values()).fitness


def _mean(tallies: Sequence[Tally], ratio: Callable[[Tally], Fraction]) -> Fraction | None:
    """Weighted mean of a ratio, in per cent."""
    if not tallies:
        return None
    weights = sum((tally.weight for tally in tallies), Fraction())
    return PERCENT * sum((tally.weight * ratio(tally) for tally in tallies), Fraction()) / weights


def _points(catalogue: Catalogue, tallies: Mapping[str, Tally]) -> dict[str, Points]:
    known = {rule: tally for rule, tally in tallies.items() if tally.known}
    weights = sum((tally.weight for tally in known.values()), Fraction())
    points = {rule: PERCENT * tally.weight / weights for rule, tally in known.items()}
    held = {rule: points[rule] * tally.credit for rule, tally in known.items()}
    nothing = Fraction()
    return {rule: Points(points.get(rule, nothing), held.get(rule, nothing)) for rule in catalogue.rules}


def _gains(
    pairs: Iterable[Pair], shares: Mapping[str, int], tallies: Mapping[str, Tally], points: Mapping[str, Points]
) -> dict[Key, Fraction]:
    """Of every violation; nothing for one that does not count."""
    each = {rule: points[rule].points / tally.known for rule, tally in tallies.items() if tally.known}
    return {
        pair.key: Fraction() if pair.waived else each.get(pair.rule, Fraction()) * shares[pair.resource]
        for pair in pairs
        if pair.status is Status.NON_COMPLIANT
    }
