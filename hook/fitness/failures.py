"""The four ways in which a change fails the gate.

Owns `failures`: a pure list of reasons for one judgement, whatever was assumed of the unknown pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from fitness.gate import Mode
from fitness.judgement import Judgement
from fitness.model import Pair
from fitness.reason import Reason, figure, limit


def failures(judgement: Judgement) -> list[Reason]:
    """The reasons to fail, worst first; empty when the change may go on."""
    return [
        *_blocking_violations(judgement),
        *_regressions(judgement),
        *(_below_minimum(judgement) if got_worse(judgement) else ()),
        *_not_improving(judgement),
    ]


def got_worse(judgement: Judgement) -> bool:
    """Whether a level under its minimum may hold this change back: one that is not worse never is."""
    change = judgement.change
    fell = change is None or (change.like_for_like is not None and change.like_for_like < 0)
    return fell or any(judgement.matters(pair) for pair in judgement.introduced)


def below_minimum(judgement: Judgement) -> list[Reason]:
    """The fitness and the categories that are under their minimum."""
    return list(_below_minimum(judgement))


def _blocking_violations(judgement: Judgement) -> Iterator[Reason]:
    for pair in _heaviest_first(judgement, judgement.introduced):
        if judgement.blocks(pair):
            title = judgement.catalogue.rules[pair.rule].title
            message = f"{pair.resource} violates the blocking rule {pair.rule} ({title})."
            yield Reason("blocking_violation", message, pair.rule, pair.resource)


def _regressions(judgement: Judgement) -> Iterator[Reason]:
    if judgement.change is None or judgement.catalogue.gate.mode is Mode.THRESHOLD:
        return
    rules, allowed = judgement.catalogue.rules, judgement.catalogue.gate.allowed_regressions
    regressed = [pair for pair in judgement.change.regressed if judgement.counts(pair)]
    number = Counter(rules[pair.rule].severity for pair in regressed)
    for pair in _heaviest_first(judgement, regressed):
        severity = rules[pair.rule].severity
        if number[severity] > allowed.get(severity, 0):
            message = f"{pair.resource} was compliant with {pair.rule} ({severity}) and no longer is."
            yield Reason("regression", message, pair.rule, pair.resource)


def _heaviest_first(judgement: Judgement, pairs: Sequence[Pair]) -> Sequence[Pair]:
    catalogue = judgement.catalogue
    return sorted(pairs, key=lambda pair: catalogue.weight(catalogue.rules[pair.rule]), reverse=True)


def _below_minimum(judgement: Judgement) -> Iterator[Reason]:
    total = judgement.score.total.fitness
    if _under(total, judgement.catalogue.gate.minimum):
        minimum = limit(judgement.catalogue.gate.minimum)
        yield Reason("below_minimum", f"The fitness is {figure(total)}, under the minimum of {minimum}.")
    for category in judgement.catalogue.categories.values():
        fitness, floor = judgement.score.categories[category.id].fitness, category.minimum
        if floor is not None and _under(fitness, floor):
            sentence = f"{category.title} is at {figure(fitness)}, under its minimum of {limit(floor)}."
            yield Reason("below_minimum", sentence)


def _under(value: Fraction | None, minimum: Fraction) -> bool:
    return value is not None and value < minimum


def _not_improving(judgement: Judgement) -> Iterator[Reason]:
    gate, change, fitness = judgement.catalogue.gate, judgement.change, judgement.score.total.fitness
    if gate.mode is not Mode.IMPROVE or change is None or not change.architecture_changed:
        return
    gained = change.like_for_like or Fraction()
    if fitness is not None and fitness < gate.target and gained < gate.minimum_improvement:
        yield Reason(
            "not_improving",
            f"The architecture changed by {figure(gained, signed=True)} points, and below the target of "
            f"{limit(gate.target)} it must gain at least {limit(gate.minimum_improvement)}.",
        )
