"""The gauge and the chart of past runs, as numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitness.scorecard import make

from tests.unit.reports.cards import NOW, READ, RESTORE, Statuses, baseline_of, card_of
from workbench.record import Run
from workbench.reports.html.gauge import CENTRE_X, CENTRE_Y, RADIUS, gauge
from workbench.reports.html.history import HEIGHT, WIDTH, chart

HALF: Statuses = {READ: {"A": "c", "B": "n"}}
LEFT, TOP, RIGHT = (CENTRE_X - RADIUS, CENTRE_Y), (CENTRE_X, CENTRE_Y - RADIUS), (CENTRE_X + RADIUS, CENTRE_Y)


def arc(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"M{float(start[0])} {float(start[1])}A{RADIUS} {RADIUS} 0 0 1 {float(end[0])} {float(end[1])}"


def run(fitness: float | None, answer: str = "Succeeded") -> Run:
    return Run(NOW, fitness, "PASS", answer, "")


def test_half_the_points_fill_half_the_arc() -> None:
    drawn = gauge(card_of(HALF))
    assert (drawn.held, drawn.open, drawn.track) == (arc(LEFT, TOP), "", arc(LEFT, RIGHT))


def test_what_is_not_known_is_drawn_beside_what_is_held() -> None:
    drawn = gauge(card_of({READ: {"A": "c"}, RESTORE: {"Table": "?"}}))
    assert drawn.open
    assert drawn.held.rpartition(" 1 ")[2] == drawn.open[1:].partition("A")[0]


def test_nothing_known_is_an_open_arc_without_a_needle() -> None:
    drawn = gauge(card_of({READ: {"A": "?"}}))
    assert (drawn.held, drawn.open, drawn.needle) == ("", arc(LEFT, RIGHT), None)


def test_nothing_to_score_is_an_empty_arc() -> None:
    drawn = gauge(card_of({}))
    assert (drawn.held, drawn.open, drawn.needle) == ("", "", None)


def test_the_minimum_and_the_baseline_are_ticks() -> None:
    card = card_of(HALF)
    card = make(card.catalogue, card.snapshot, replace(baseline_of(HALF), fitness=75.0))
    assert [tick.label for tick in gauge(card).ticks] == ["minimum 60", "baseline 75.0"]


def test_runs_are_drawn_from_left_to_right_and_from_0_to_100() -> None:
    drawn = chart([run(0), run(50), run(100)])
    assert drawn is not None
    assert [dot.x for dot in drawn.dots] == [12, WIDTH / 2, WIDTH - 12]
    assert [dot.y for dot in drawn.dots] == [HEIGHT - 12, HEIGHT / 2, 12]


@pytest.mark.parametrize(("answer", "refused"), [("Failed", True), ("Succeeded", False), ("Recorded", False)])
def test_a_refused_run_is_marked(answer: str, refused: bool) -> None:
    drawn = chart([run(50, answer)])
    assert drawn is not None
    assert drawn.dots[0].refused is refused


def test_no_line_is_drawn_over_what_is_not_known() -> None:
    drawn = chart([run(50), run(None), run(60), run(70)])
    assert drawn is not None
    assert (len(drawn.dots), [line.count(",") for line in drawn.lines]) == (3, [1, 2])


def test_without_runs_there_is_no_chart() -> None:
    assert chart([]) is None
