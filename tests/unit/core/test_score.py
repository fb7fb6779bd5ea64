"""The arithmetic of the score, every expectation worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from fitness.model import Enforcement
from fitness.rule import Rule
from fitness.score import Figures, Points

from tests.unit.core.builders import catalogue, category, rule, scored

BOTH = catalogue(rule("ssl", 3), rule("kms", 1))
NOTHING = Figures(None, None, None, None)

FITNESS = {
    "all compliant": ("ssl: A+ B+", 100),
    "all non-compliant": ("ssl: A- B-", 0),
    "the share of compliant resources": ("ssl: A+ B- C-", Fraction(100, 3)),
    "rules are weighted": ("ssl: A+ B-; kms: A+", Fraction("62.5")),
    "a rule weighs the same on ten resources as on one": ("ssl: A+ B+ C+ D+; kms: A-", 75),
    "a rule without pairs does not count": ("kms: A+ B-", 50),
    "a rule of which nothing is known does not count": ("ssl: A? B?; kms: A+ B-", 50),
    "unknown pairs are on neither side": ("ssl: A+ B- C? D?", 50),
    "not applicable pairs are on neither side": ("ssl: A+ B- C/", 50),
    "waived pairs are on neither side": ("ssl: A+ B- C-w D+w", 50),
    "nothing known is n/a": ("ssl: A? B?", None),
    "nothing applicable is n/a": ("ssl: A/ B/", None),
    "everything waived is n/a": ("ssl: A+w B-w", None),
    "no pairs are n/a": ("", None),
}


@pytest.mark.parametrize(("text", "fitness"), FITNESS.values(), ids=FITNESS)
def test_fitness(text: str, fitness: Fraction | None) -> None:
    assert scored(BOTH, text).total.fitness == fitness


INTERVALS = {
    # ssl: 1 of 3 certain, 2 of 3 possible, 2 of 3 known, weight 3; kms: 0, 1 and 0 of 1, weight 1
    "unknown pairs and an unknown rule": ("ssl: A+ B- C?; kms: A?", Figures(*map(Fraction, (50, 25, 75, 50)))),
    "nothing unknown": ("ssl: A+ B-; kms: A+ B/", Figures(*map(Fraction, ("62.5", "62.5", "62.5", "100")))),
    "nothing known": ("ssl: A? B?", Figures(None, Fraction(0), Fraction(100), Fraction(0))),
    "the unknown is waived": ("ssl: A+ B?w", Figures(*map(Fraction, (100, 100, 100, 100)))),
    "nothing counts": ("ssl: A/ B-w", NOTHING),
}


@pytest.mark.parametrize(("text", "figures"), INTERVALS.values(), ids=INTERVALS)
def test_fitness_low_high_and_coverage(text: str, figures: Figures) -> None:
    assert scored(BOTH, text).total == figures


@pytest.mark.parametrize("status", ["+", "-", "?", "/"])
@pytest.mark.parametrize("silent", [rule("kms", 1, enforcement=Enforcement.REPORT), rule("kms", 0)])
def test_a_rule_that_reports_or_weighs_nothing_never_counts(silent: Rule, status: str) -> None:
    figures = scored(catalogue(rule("ssl"), silent), f"ssl: A+ B-; kms: A{status}").total
    assert figures == Figures(*map(Fraction, (50, 50, 50, 100)))


def test_a_stack_judged_by_reports_alone_has_no_figures() -> None:
    report = rule("ssl", enforcement=Enforcement.REPORT)
    result = scored(catalogue(report), "ssl: A+ B-")
    assert result.total == NOTHING
    assert result.points == {"ssl": Points(Fraction(0), Fraction(0))}


def test_criticality_is_the_share_of_a_resource_inside_each_rule() -> None:
    critical = catalogue(rule("ssl"), rule("kms"), factors={"A": 3})
    # ssl: 3 of 3 + 1 + 1; kms has A alone, so that its share is everything
    assert scored(critical, "ssl: A+ B- C-; kms: A+").total.fitness == Fraction(80)


def test_a_resource_of_no_criticality_does_not_count() -> None:
    assert scored(catalogue(rule("ssl"), factors={"A": 0}), "ssl: A- B+").total.fitness == 100
    assert scored(catalogue(rule("ssl"), factors={"A": 0}), "ssl: A-").total == NOTHING


WORKED = catalogue(
    rule("ssl", 3, "security"),
    rule("kms", 1, "security"),
    rule("recovery", 4, "reliability"),
    rule("backup", 2, "reliability"),
    categories=[category("security", 2), category("reliability", 1), category("cost", 5)],
    factors={"A": 3},
)
# Weights 6, 2, 4, 2: 14 in all. Credits 3/4, 0/3, 1/1, 1/1.
WORKED_PAIRS = "ssl: A+ B-; kms: A- B?; recovery: T+ U?; backup: T-w U+"


def test_the_worked_example_has_the_figures_of_the_whole_stack() -> None:
    assert scored(WORKED, WORKED_PAIRS).total == Figures(
        fitness=Fraction(75),  # 100 x (4.5 + 0 + 4 + 2) / 14
        low=Fraction(425, 7),  # 100 x (4.5 + 0 + 2 + 2) / 14
        high=Fraction(550, 7),  # 100 x (4.5 + 0.5 + 4 + 2) / 14
        coverage=Fraction(575, 7),  # 100 x (6 + 1.5 + 2 + 2) / 14
    )


def test_the_worked_example_has_the_figures_of_each_category() -> None:
    assert scored(WORKED, WORKED_PAIRS).categories == {
        "security": Figures(*map(Fraction, ("56.25", "56.25", "62.5", "93.75"))),
        # recovery 4 x 1 (low 1/2), backup 2 x 1: 6 in all
        "reliability": Figures(Fraction(100), Fraction(200, 3), Fraction(100), Fraction(200, 3)),
        "cost": NOTHING,
    }


def test_the_worked_example_divides_100_points_among_its_rules() -> None:
    points = scored(WORKED, WORKED_PAIRS).points
    assert points == {
        "ssl": Points(Fraction(300, 7), Fraction(225, 7)),
        "kms": Points(Fraction(100, 7), Fraction(0)),
        "recovery": Points(Fraction(200, 7), Fraction(200, 7)),
        "backup": Points(Fraction(100, 7), Fraction(100, 7)),
    }
    assert points["ssl"].lost == Fraction(75, 7)


def test_the_worked_example_says_what_each_violation_would_gain() -> None:
    assert scored(WORKED, WORKED_PAIRS).gains == {
        ("ssl", "B"): Fraction(75, 7),  # 300/7 x 1/4
        ("kms", "A"): Fraction(100, 7),  # 100/7 x 3/3
        ("backup", "T"): 0,  # waived
    }


def test_the_fitness_without_waivers_counts_the_waived_pairs() -> None:
    # backup is 1/2 then: 100 x (4.5 + 0 + 4 + 1) / 14
    assert scored(WORKED, WORKED_PAIRS).fitness_without_waivers == Fraction(475, 7)
    assert scored(BOTH, "ssl: A+w B-w").fitness_without_waivers == 50
