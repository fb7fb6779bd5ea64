"""The calculator computes as the product does, and hands back what rules.yaml needs for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from io import StringIO
from random import Random
from typing import Any

import pytest
from fitness import catalogue
from fitness.catalogue import Catalogue
from fitness.model import Enforcement, Status
from fitness.score import Figures, Score, score
from fitness.scorecard import Scorecard
from playwright.sync_api import Page
from ruamel.yaml import YAML

from tests.e2e.browser.cards import CATALOGUE, TAGGED, full_card
from tests.e2e.browser.conftest import Open
from tests.unit.reports.cards import READ, VERSIONS
from tests.unit.reports.html.large import large_card
from workbench.reports.wording import number

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]
DATA = 'JSON.parse(document.querySelector("#data").textContent)'
COMPUTE = f"""(changes) => changes.map(({{fixed, ...rest}}) => score({DATA}, {{
  ...rest, fixed: Object.fromEntries(Object.entries(fixed).map(([rule, paths]) => [rule, new Set(paths)])),
}}))"""
FIGURES = ("fitness", "low", "high", "coverage")
CARDS = {"full": (full_card, 150), "large": (large_card, 10)}


@dataclass(frozen=True)
class Changes:
    """What somebody tries: weights and enforcements by rule, and pairs that are taken as fixed."""

    weights: Mapping[str, float]
    enforcement: Mapping[str, str]
    fixed: frozenset[tuple[str, str]]


def random_changes(card: Scorecard, seed: int) -> Changes:
    random = Random(seed)  # noqa: S311 - no secret
    rules = [rule for rule in card.catalogue.rules if random.random() < 0.5]
    violated = [pair.key for pair in card.judgement.pairs if pair.status is Status.NON_COMPLIANT and not pair.waived]
    return Changes(
        weights={rule: random.choice([0, 0.1, 2.5, round(random.uniform(0, 20), 4)]) for rule in rules},
        enforcement={rule: random.choice(["off", "scored"]) for rule in card.catalogue.rules if random.random() < 0.3},
        fixed=frozenset(pair for pair in violated if random.random() < 0.4),
    )


def as_computed(card: Scorecard, changes: Changes) -> Score:
    """What the product's one scoring function says."""
    rules = {
        key: replace(
            rule,
            weight=Fraction(str(changes.weights[key])) if key in changes.weights else rule.weight,
            enforcement=Enforcement(changes.enforcement.get(key, rule.enforcement)),
        )
        for key, rule in card.catalogue.rules.items()
    }
    pairs = [
        replace(pair, status=Status.COMPLIANT) if pair.key in changes.fixed else pair for pair in card.judgement.pairs
    ]
    return score(replace(card.catalogue, rules=rules), card.snapshot.resources, pairs)


def for_the_page(page: Page, changes: Changes) -> dict[str, Any]:
    paths = page.evaluate(f"{DATA}.resources")
    fixed: dict[str, list[int]] = {}
    for rule, path in changes.fixed:
        fixed.setdefault(rule, []).append(paths.index(path))
    return {"weights": changes.weights, "enforcement": changes.enforcement, "fixed": fixed}


def differences(figures: Figures, computed: Mapping[str, Any]) -> Iterator[float]:
    for name in FIGURES:
        ours, theirs = getattr(figures, name), computed[name]
        yield 0.0 if ours is None and theirs is None else abs(float(ours) - theirs)


@pytest.mark.parametrize("name", CARDS)
def test_it_agrees_with_the_score_on_random_changes(open_report: Open, name: str) -> None:
    make, times = CARDS[name]
    card = make()
    page = open_report(card).page
    tried = [random_changes(card, seed) for seed in range(times)]
    for changes, found in zip(tried, page.evaluate(COMPUTE, [for_the_page(page, each) for each in tried]), strict=True):
        wanted = as_computed(card, changes)
        by_category = zip(wanted.categories.values(), found["categories"], strict=True)
        every = [*differences(wanted.total, found), *(d for pair in by_category for d in differences(*pair))]
        assert max(every) < 1e-9


def shown(page: Page) -> str:
    return page.locator("#calculator [data-fitness]").inner_text()


def in_one_decimal(card: Scorecard, changes: Changes) -> str:
    return number(as_computed(card, changes).total.fitness)


def test_the_fitness_follows_what_is_typed_and_clicked(open_report: Open) -> None:
    card = full_card()
    page = open_report(card).page
    page.get_by_label(f"weight of {VERSIONS}").fill("7.25")
    page.get_by_label(f"{TAGGED} counts").check()
    page.get_by_label(f"assume all violations of {READ} fixed").check()
    tried = Changes({VERSIONS: 7.25}, {TAGGED: "scored"}, frozenset({(READ, "OrdersBucket"), (READ, "New")}))
    assert shown(page) == in_one_decimal(card, tried) != in_one_decimal(card, Changes({}, {}, frozenset()))


def test_single_pairs_can_be_taken_as_fixed(open_report: Open) -> None:
    card = full_card()
    page = open_report(card).page
    row = page.locator("#calculator tr", has_text=READ)
    row.locator("summary").click()
    row.get_by_label("OrdersBucket").check()
    assert shown(page) == in_one_decimal(card, Changes({}, {}, frozenset({(READ, "OrdersBucket")})))


def test_the_fragment_makes_rules_yaml_agree(open_report: Open) -> None:
    card = full_card()
    page = open_report(card).page
    page.get_by_label(f"weight of {VERSIONS}").fill("0.3")
    page.get_by_label(f"{READ} counts").uncheck()
    changed = merged(CATALOGUE, page.locator("#fragment").input_value())
    assert (changed.rules[VERSIONS].weight, changed.rules[READ].enforcement) == (Fraction(3, 10), Enforcement.OFF)
    assert shown(page) == number(score(changed, card.snapshot.resources, card.judgement.pairs).total.fitness) != "n/a"


def merged(rules: str, fragment: str) -> Catalogue:
    """The catalogue after somebody has pasted the fragment."""
    # As the catalogue's own loader, this one leaves every value as it is written: `off` is a word.
    whole, part = (YAML(typ="rt").load(text) for text in (rules, fragment))
    for rule, settings in part["rules"].items():
        whole["rules"][rule].update(settings)
    pasted = StringIO()
    YAML(typ="rt").dump(whole, pasted)
    return catalogue.load(pasted.getvalue())


@pytest.mark.parametrize("typed", ["", "-1", "1e9"])
def test_what_is_no_weight_changes_nothing(open_report: Open, typed: str) -> None:
    page = open_report(full_card()).page
    before = shown(page)
    page.get_by_label(f"weight of {VERSIONS}").fill(typed)
    assert (shown(page), page.locator("#fragment").input_value()) == (before, "# nothing is changed yet")


def test_one_can_start_over(open_report: Open) -> None:
    page = open_report(full_card()).page
    before = shown(page)
    page.get_by_label(f"{READ} counts").uncheck()
    assert shown(page) != before
    page.get_by_role("button", name="Start over").click()
    assert (shown(page), page.get_by_label(f"{READ} counts").is_checked()) == (before, True)


def test_the_fragment_can_be_copied(open_report: Open) -> None:
    page = open_report(full_card(), permissions=["clipboard-read", "clipboard-write"]).page
    page.get_by_label(f"weight of {READ}").fill("3")
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"rules:\n  {READ}:\n    weight: 3\n"
