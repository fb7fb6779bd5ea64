"""The steps from the baseline's fitness to today's: each has its cause, together they lead all the way."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from fitness.baseline import Baseline
from fitness.scorecard import Scorecard, make
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.reports.cards import READ, RULES, VERSIONS, Statuses, baseline_of, card_of
from workbench.reports.html.waterfall import Waterfall, waterfall

PATHS, LETTERS = st.sampled_from(["A", "B", "C", "D"]), st.sampled_from("cn")
STATUSES = st.fixed_dictionaries({rule: st.dictionaries(PATHS, LETTERS, min_size=1) for rule in (READ, VERSIONS)})
REPEALED = RULES.replace("severity: low", "severity: low\n    enforcement: report")


def since(then: Statuses, now: Statuses, fitness: float | None = 50.0, rules: str = RULES) -> Scorecard:
    card = card_of(now, rules=rules)
    baseline: Baseline = replace(baseline_of(then), fitness=fitness)
    return make(card.catalogue, card.snapshot, baseline)


def deltas(card: Scorecard) -> dict[str, float]:
    found = waterfall(card)
    return {step.name: float(step.delta) for step in found.steps if step.delta} if found else {}


def test_a_fixed_pair_is_a_step_up() -> None:
    assert deltas(since({READ: {"A": "n", "B": "c"}}, {READ: {"A": "c", "B": "c"}})) == {"Fixed": 50}


def test_a_regressed_pair_is_a_step_down() -> None:
    assert deltas(since({READ: {"A": "c"}}, {READ: {"A": "n"}}, 100.0)) == {"Regressed": -100}


def test_new_resources_are_a_step_of_their_own() -> None:
    then, now = {READ: {"A": "c"}}, {READ: {"A": "n", "B": "c"}}
    assert deltas(since(then, now, 100.0)) == {"Regressed": -100, "Introduced": 50}


def test_a_removed_resource_is_a_step() -> None:
    assert deltas(since({READ: {"A": "c", "B": "n"}}, {READ: {"A": "c"}})) == {"Removed": 50}


def test_a_changed_catalogue_is_the_first_step() -> None:
    statuses = {READ: {"A": "c"}, VERSIONS: {"A": "n"}}
    assert deltas(since(statuses, statuses, 80.0, REPEALED)) == {"Catalogue": 20}


def test_a_new_rule_belongs_to_the_catalogue() -> None:
    now = {READ: {"A": "c"}, VERSIONS: {"A": "n"}}
    assert deltas(since({READ: {"A": "c"}}, now, 100.0)) == {"Catalogue": -20}


def test_what_became_known_is_a_step() -> None:
    card, then = card_of({READ: {"A": "c", "B": "n"}}), baseline_of({READ: {"A": "c"}})
    then = replace(then, fitness=100.0, resources=dict.fromkeys("AB", then.resources["A"]))
    assert deltas(make(card.catalogue, card.snapshot, then)) == {"Visibility": -50}


def test_without_a_fitness_on_both_sides_there_are_no_steps() -> None:
    assert waterfall(since({READ: {"A": "c"}}, {READ: {"A": "c"}}, None)) is None
    assert waterfall(card_of({READ: {"A": "c"}})) is None


def test_the_rounding_of_a_file_is_no_step() -> None:
    statuses = {READ: {"A": "c", "B": "c", "C": "n"}}
    assert waterfall(since(statuses, statuses, 66.666667)) is None


@given(STATUSES, STATUSES, st.integers(0, 100))
def test_the_steps_lead_from_the_baseline_to_today(then: Statuses, now: Statuses, fitness: int) -> None:
    card = since(then, now, fitness)
    found = waterfall(card) or Waterfall((), 0, 100)
    total = sum((step.delta for step in found.steps), Fraction(fitness))
    assert total == card.figures.fitness
    assert all(0 <= found.x(level) <= 100 for step in found.steps for level in (step.before, step.after))
