"""The arithmetic: from pairs to the fitness, its interval and its coverage.

Owns `score`, the one scoring function. All figures are exact fractions: per cent, points, or None where there is
nothing to say ("n/a", never 0 and never 100).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fitness.catalogue import Catalogue
from fitness.model import Pair, Resource, Status

PERCENT = 100


@dataclass(frozen=True)
class Tally:
    """The shares of one rule's pairs that count: `weight` is the rule's in the score, the rest sums of shares."""

    weight: Fraction
    compliant: Fraction
    non_compliant: Fraction
    unknown: Fraction

    @property
    def known(self) -> Fraction:
        return self.compliant + self.non_compliant

    @property
    def total(self) -> Fraction:
        return self.known + self.unknown

    @property
    def credit(self) -> Fraction:
        return self.compliant / self.known


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
    gains: Mapping[tuple[str, str], Fraction]


def score(catalogue: Catalogue, resources: Iterable[Resource], pairs: Sequence[Pair]) -> Score:
    """The score of the pairs under the catalogue; `resources` give the shares."""
    shares = {resource.path: catalogue.share(resource) for resource in resources}
    tallies = _tallies(catalogue, shares, (pair for pair in pairs if not pair.waived))
    points = _points(catalogue, tallies)
    return Score(
        total=_figures(tallies.values()),
        fitness_without_waivers=_figures(_tallies(catalogue, shares, pairs).values()).fitness,
        categories={key: _figures(_of_category(catalogue, tallies, key)) for key in catalogue.categories},
        points=points,
        gains={pair.key: _gain(pair, shares, tallies, points) for pair in pairs if pair.status is Status.NON_COMPLIANT},
    )


def fitness(catalogue: Catalogue, resources: Iterable[Resource], pairs: Sequence[Pair]) -> Fraction | None:
    """The fitness alone."""
    return score(catalogue, resources, pairs).total.fitness


def counts(catalogue: Catalogue, pair: Pair) -> bool:
    """Whether the pair is part of the score, whatever its status."""
    return not pair.waived and catalogue.weight(catalogue.rules[pair.rule]) > 0


def _tallies(catalogue: Catalogue, shares: Mapping[str, Fraction], pairs: Iterable[Pair]) -> dict[str, Tally]:
    sums: dict[str, dict[Status, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for pair in pairs:
        sums[pair.rule][pair.status] += shares[pair.resource]
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
        low=_mean(counting, lambda tally: tally.compliant / tally.total),
        high=_mean(counting, lambda tally: (tally.compliant + tally.unknown) / tally.total),
        coverage=_mean(counting, lambda tally: tally.known / tally.total),
    )


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


def _gain(
    pair: Pair, shares: Mapping[str, Fraction], tallies: Mapping[str, Tally], points: Mapping[str, Points]
) -> Fraction:
    if pair.waived or pair.rule not in tallies or not tallies[pair.rule].known:
        return Fraction()
    return points[pair.rule].points * shares[pair.resource] / tallies[pair.rule].known
