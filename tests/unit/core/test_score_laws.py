"""The laws that make the score a fair one, for any catalogue and any state of the pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from fractions import Fraction
from random import Random

from fitness.catalogue import Catalogue
from fitness.model import Pair, Status
from fitness.score import Figures, Score
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.worlds import WEIGHTS, World, worlds

FACTORS = WEIGHTS.filter(bool)


def all_figures(score: Score) -> Iterator[Figures]:
    yield score.total
    yield from score.categories.values()


def numbers(score: Score) -> list[Fraction | None]:
    return [number for figures in all_figures(score) for number in astuple(figures)]


def fixing_each_violation(world: World) -> Iterator[tuple[Pair, World]]:
    for pair in world.pairs:
        if pair.status is Status.NON_COMPLIANT:
            fixed = replace(pair, status=Status.COMPLIANT)
            yield pair, world.with_pairs([fixed if each is pair else each for each in world.pairs])


@given(worlds())
def test_fixing_a_violation_never_lowers_any_figure(world: World) -> None:
    for _, fixed in fixing_each_violation(world):
        for then, now in zip(numbers(world.score), numbers(fixed.score), strict=True):
            assert (now is then is None) or (now is not None and then is not None and now >= then)


@given(worlds())
def test_the_gain_of_a_violation_is_what_the_fitness_rises_by_when_it_alone_is_fixed(world: World) -> None:
    for pair, fixed in fixing_each_violation(world):
        assert world.score.gains[pair.key] == (fixed.score.total.fitness or 0) - (world.score.total.fitness or 0)


@given(worlds())
def test_only_violations_have_a_gain(world: World) -> None:
    violations = {pair.key for pair in world.pairs if pair.status is Status.NON_COMPLIANT}
    assert world.score.gains.keys() == violations


@given(worlds())
def test_the_fitness_lies_between_low_and_high(world: World) -> None:
    for figures in all_figures(world.score):
        low, fitness, high = figures.low, figures.fitness, figures.high
        assert low is None or high is None or 0 <= low <= (low if fitness is None else fitness) <= high <= 100
        assert (low is None) == (high is None) == (figures.coverage is None)


@given(worlds())
def test_low_and_high_are_the_fitness_in_the_worst_and_in_the_best_case(world: World) -> None:
    worst, best = world.assuming(Status.NON_COMPLIANT).score, world.assuming(Status.COMPLIANT).score
    figures = zip(all_figures(world.score), all_figures(worst), all_figures(best), strict=True)
    for now, at_worst, at_best in figures:
        assert (now.low, now.high) == (at_worst.fitness, at_best.fitness)


@given(worlds())
def test_the_coverage_is_full_exactly_when_the_interval_is_a_point(world: World) -> None:
    for figures in all_figures(world.score):
        certain = figures.coverage == 100
        assert certain == (figures.low is not None and figures.low == figures.high)
        assert not certain or figures.fitness == figures.low


@given(worlds())
def test_the_points_that_rules_hold_sum_to_the_fitness(world: World) -> None:
    points = world.score.points.values()
    fitness = world.score.total.fitness
    assert sum(each.held for each in points) == (fitness or 0)
    assert sum(each.points for each in points) == (0 if fitness is None else 100)
    assert all(0 <= each.held <= each.points for each in points)


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_changes_nothing(world: World, random: Random) -> None:
    shuffled = list(world.pairs)
    random.shuffle(shuffled)
    assert world.with_pairs(shuffled).score == world.score


@given(worlds())
def test_pairs_that_are_not_applicable_change_nothing(world: World) -> None:
    applicable = [pair for pair in world.pairs if pair.status is not Status.NOT_APPLICABLE]
    assert world.with_pairs(applicable).score == world.score


@given(worlds())
def test_without_waived_pairs_the_score_is_the_same(world: World) -> None:
    score = world.with_pairs([pair for pair in world.pairs if not pair.waived]).score
    assert (score.total, score.categories, score.points) == (
        world.score.total,
        world.score.categories,
        world.score.points,
    )


@given(worlds())
def test_the_fitness_without_waivers_is_that_of_all_pairs(world: World) -> None:
    unwaived = world.with_pairs([replace(pair, waived=False) for pair in world.pairs])
    assert world.score.fitness_without_waivers == unwaived.score.total.fitness


@given(worlds(), FACTORS)
def test_multiplying_all_weights_by_one_factor_changes_nothing(world: World, factor: Fraction) -> None:
    assert replace(world, catalogue=heavier(world.catalogue, factor)).score == world.score


@given(worlds(), FACTORS)
def test_multiplying_all_shares_by_one_factor_changes_nothing(world: World, factor: Fraction) -> None:
    criticality = tuple(replace(entry, factor=entry.factor * factor) for entry in world.catalogue.criticality)
    assert replace(world, catalogue=replace(world.catalogue, criticality=criticality)).score == world.score


def heavier(catalogue: Catalogue, factor: Fraction) -> Catalogue:
    rules = {name: replace(rule, weight=rule.weight * factor) for name, rule in catalogue.rules.items()}
    return replace(catalogue, rules=rules)
