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
from fitness.scorecard import Scorecard
from fitness.score import Key, fitness

States = Mapping[Key, Status]
_MARGIN = 3


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
    """None where there is no fitness to start from, or none to end at."""
    judgement, baseline = card.judgement, card.judgement.baseline
    if baseline is None or baseline.fitness is None or card.figures.fitness is None:
        return None
    first = Fraction(baseline.fitness)
    levels = [first, *_known(first, (_level(baseline, judgement, states) for states in _stages(judgement, baseline)))]
    steps = tuple(Step(*named, *ends) for named, ends in zip(_STEPS, pairwise(levels), strict=True))
    floor = max(0, int(min(levels)) - _MARGIN)
    return Waterfall(steps, floor, min(100, int(max(levels)) + 1 + _MARGIN))


_STEPS = (
    ("Catalogue", "rules, weights and waivers of today on the stack of then"),
    ("Removed", "resources that are gone"),
    ("Fixed", "pairs that comply again"),
    ("Regressed", "pairs that no longer comply"),
    ("Introduced", "new resources"),
    ("Sight", "pairs that became known, unknown or not applicable"),
)


def _known(first: Fraction, levels: Iterator[Fraction | None]) -> Iterator[Fraction]:
    """Levels where those of which nothing is known stay what they were."""
    last = first
    for level in levels:
        last = last if level is None else level
        yield last


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
