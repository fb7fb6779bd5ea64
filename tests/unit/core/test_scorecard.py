"""The scorecard as a value and as a file, and what must not change it."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from fitness import baseline as baselines
from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.model import Enforcement, Evaluation, Status
from fitness.scorecard import make, to_json
from fitness.snapshot import Snapshot
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.core.builders import JUST_JUDGED, catalogue, rule
from tests.unit.core.example import BASELINE, CATALOGUE, SCORECARD, snapshot


def as_baseline(file: dict[str, Any]) -> Baseline:
    return baselines.from_json(json.dumps(file), "baseline.json")


def file(facts: Snapshot, known: Catalogue = CATALOGUE, before: dict[str, Any] | None = BASELINE) -> dict[str, Any]:
    return to_json(make(known, facts, as_baseline(before) if before else None))


@pytest.mark.parametrize("section", SCORECARD)
def test_the_file_of_the_worked_example_holds_as_its(section: str) -> None:
    assert file(snapshot())[section] == SCORECARD[section]


def test_the_file_has_the_documented_sections_in_their_order() -> None:
    assert list(file(snapshot())) == list(SCORECARD)
    assert json.loads(json.dumps(file(snapshot()))) == SCORECARD


def test_without_a_baseline_there_is_no_change() -> None:
    assert file(snapshot(), before=None)["change"] is None


def test_a_rule_that_is_off_is_listed_without_pairs() -> None:
    silent = catalogue(rule("ssl"), replace(rule("kms"), enforcement=Enforcement.OFF))
    found = file(snapshot(), silent)
    assert [pair["rule"] for pair in found["pairs"]] == ["ssl", "ssl"]
    assert found["rules"][1]["counts"] == dict.fromkeys((*Status, "WAIVED"), 0)


def test_what_is_not_applicable_is_null_and_neither_0_nor_100() -> None:
    nothing = file(replace(snapshot(), resources=()))
    assert [nothing[key] for key in ("fitness", "low", "high", "coverage", "fitness_without_waivers")] == [None] * 5
    assert nothing["categories"]["security"]["fitness"] is None


def test_figures_carry_six_decimals() -> None:
    thirds = catalogue(rule("ssl", 1), rule("kms", 2))
    facts = replace(snapshot(), evaluations=snapshot().evaluations[:3])
    # kms on B is not applicable without its row: 100 x (1 x 1/2 + 2 x 1) / 3
    assert file(facts, thirds)["fitness"] == 83.333333


# Laws, on the facts of the example with any of its rows turned to any status.

STATES = st.lists(st.sampled_from(Status), min_size=7, max_size=7)


def any_rows(states: list[Status]) -> Snapshot:
    rows = zip(snapshot().evaluations, states, strict=True)
    return replace(snapshot(), evaluations=tuple(replace(row, compliance=state) for row, state in rows))


@given(STATES)
@settings(max_examples=30)
def test_a_scorecard_as_its_own_baseline_shows_no_change(states: list[Status]) -> None:
    first = file(any_rows(states), before=None)
    again = file(any_rows(states), before=first)
    lists = ("regressed", "fixed", "introduced", "resources_added", "resources_removed")
    assert [again["change"][name] for name in lists] == [[]] * 5
    assert again["change"]["like_for_like"] in (None, 0.0)
    assert again["verdict"]["outcome"] != "FAIL"
    assert {key: again[key] for key in ("fitness", "pairs")} == {key: first[key] for key in ("fitness", "pairs")}


@given(STATES, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_the_facts_changes_nothing(states: list[Status], random: Random) -> None:
    facts = any_rows(states)
    mixed = replace(
        facts,
        resources=shuffled(facts.resources, random),
        config_rules=shuffled(facts.config_rules, random),
        evaluations=shuffled(facts.evaluations, random),
    )
    assert file(mixed) == file(facts)


@given(STATES, st.lists(st.integers(0, 6), max_size=5))
@settings(max_examples=30)
def test_copies_of_a_row_change_nothing(states: list[Status], copied: list[int]) -> None:
    facts = any_rows(states)
    copies = tuple(facts.evaluations[index] for index in copied)
    assert file(replace(facts, evaluations=facts.evaluations + copies)) == file(facts)


@given(STATES, st.lists(st.integers(0, 6), max_size=5))
@settings(max_examples=30)
def test_proactive_rows_change_nothing(states: list[Status], evaluated: list[int]) -> None:
    facts = any_rows(states)
    proactive = tuple(replace(facts.evaluations[index], mode="PROACTIVE") for index in evaluated)
    assert file(replace(facts, evaluations=facts.evaluations + proactive)) == file(facts)


@given(STATES)
@settings(max_examples=30)
def test_rows_that_are_not_applicable_change_no_figure_and_no_verdict(states: list[Status]) -> None:
    facts = any_rows(states)
    none = Evaluation(
        "B", "orders-audit", Status.NOT_APPLICABLE, "DETECTIVE", JUST_JUDGED, JUST_JUDGED, JUST_JUDGED, None
    )
    more, less = file(replace(facts, evaluations=(*facts.evaluations, none))), file(facts)
    assert {**more, "pairs": []} == {**less, "pairs": []}


def shuffled(items: tuple[Any, ...], random: Random) -> tuple[Any, ...]:
    return tuple(random.sample(items, len(items)))
