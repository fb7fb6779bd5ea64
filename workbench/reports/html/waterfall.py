"""How the fitness came from the baseline's to today's, step by step.

Owns the order of the steps. Each step scores the pairs as they were, with what the step stands for as it is now, so
that the steps add up exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from fitness.baseline import Baseline
from fitness.judgement import Judgement
from fitness.model import Pair, Resource, Status
from fitness.score import Key, fitness
from fitness.scorecard import Scorecard

States = Mapping[Key, Status]
_MARGIN = 3
# A scorecard file holds six decimals: a smaller step may come from its rounding.
_UNSEEN = Fraction(1, 100_000)


@dataclass(frozen=True)
class Step:
    """What one kind of change did to the fitness."""

    name: str
    explanation: str
    before: Fraction
    after: Fraction

    @property
    def delta(self) -> Fraction:
        return self.after - self.before


@dataclass(frozen=True)
class Waterfall:
    """The steps from the first to the last level, drawn from `floor` to `ceiling`."""

    steps: tuple[Step, ...]
    floor: int
    ceiling: int

    @property
    def first(self) -> Fraction:
        return self.steps[0].before

    @property
    def last(self) -> Fraction:
        return self.steps[-1].after

    def x(self, level: Fraction) -> float:
        """Where a level is drawn, in per cent of the width."""
        return round(100 * (float(level) - self.floor) / (self.ceiling - self.floor), 2)


def waterfall(card: Scorecard) -> Waterfall | None:
    """None where there is no fitness to start from or to end at, or no step between them."""
    judgement, baseline = card.judgement, card.judgement.baseline
    if baseline is None or baseline.fitness is None or card.figures.fitness is None:
        return None
    levels = _levels(Fraction(baseline.fitness), judgement, baseline)
    if max(levels) - min(levels) < _UNSEEN:
        return None
    steps = tuple(Step(*named, *ends) for named, ends in zip(_STEPS, pairwise(levels), strict=True))
    floor = max(0, int(min(levels)) - _MARGIN)
    return Waterfall(steps, floor, min(100, int(max(levels)) + 1 + _MARGIN))


_STEPS = (
    ("Catalogue", "today's rules, weights and waivers"),
    ("Removed", "resources that are gone"),
    ("Fixed", "pairs that comply again"),
    ("Regressed", "pairs that no longer comply"),
    ("Introduced", "new resources"),
    ("Visibility", "pairs that are newly known or unknown"),
)


def _levels(first: Fraction, judgement: Judgement, baseline: Baseline) -> list[Fraction]:
    """The fitness before the first step and after each; where nothing is known it stays what it was."""
    levels = [first]
    for states in _stages(judgement, baseline):
        level = _level(baseline, judgement, states)
        levels.append(levels[-1] if level is None or abs(level - levels[-1]) < _UNSEEN else level)
    return levels


def _level(baseline: Baseline, judgement: Judgement, states: States) -> Fraction | None:
    resources = {path: Resource(path, known.type, "", None) for path, known in baseline.resources.items()}
    resources |= {resource.path: resource for resource in judgement.resources}
    return fitness(
        judgement.catalogue, resources.values(), ((rule, path, status) for (rule, path), status in states.items())
    )


def _stages(judgement: Judgement, baseline: Baseline) -> Iterator[States]:
    """The statuses after each step."""
    now = {pair.key: pair for pair in judgement.pairs if not pair.waived}
    paths = {resource.path for resource in judgement.resources}
    states = _under_todays_catalogue(judgement, baseline, now)
    yield states
    states = {key: status for key, status in states.items() if key[1] in paths}
    yield states
    for taken in (_was_fixed, _regressed, _introduced, _any):
        states = {**states, **{key: pair.status for key, pair in now.items() if taken(pair, baseline)}}
        yield states


def _under_todays_catalogue(judgement: Judgement, baseline: Baseline, now: Mapping[Key, Pair]) -> States:
    """What the baseline knew, as far as today's catalogue judges it, and what its new rules say of old resources."""
    rules_of_then = {rule for rule, _ in baseline.statuses}
    gone = _removed(judgement, baseline)
    kept = {key: status for key, status in baseline.statuses.items() if key in now or key in gone}
    added = {
        key: pair.status
        for key, pair in now.items()
        if pair.rule not in rules_of_then and pair.resource in baseline.resources
    }
    return {**kept, **added}


def _removed(judgement: Judgement, baseline: Baseline) -> set[Key]:
    """Pairs of resources that are gone, which today's catalogue would still judge."""
    paths, rules = {resource.path for resource in judgement.resources}, judgement.catalogue.rules
    gone = {
        path: Resource(path, known.type, "", None) for path, known in baseline.resources.items() if path not in paths
    }
    return {
        (rule, path)
        for rule, path in baseline.statuses
        if path in gone and rule in rules and rules[rule].applies_to(gone[path])
    }


def _was_fixed(pair: Pair, baseline: Baseline) -> bool:
    return pair.status is Status.COMPLIANT and baseline.known(*pair.key) is Status.NON_COMPLIANT


def _regressed(pair: Pair, baseline: Baseline) -> bool:
    return pair.status is Status.NON_COMPLIANT and baseline.known(*pair.key) is Status.COMPLIANT


def _introduced(pair: Pair, baseline: Baseline) -> bool:
    return pair.resource not in baseline.resources


def _any(_pair: Pair, _baseline: Baseline) -> bool:
    return True
