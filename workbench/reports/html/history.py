"""The geometry of the chart of past runs: the fitness of each, joined where it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.record import Run

WIDTH, HEIGHT = 720, 150
_SIDE, _TOP = 12, 12


@dataclass(frozen=True)
class Dot:
    """One run; it was accepted or refused."""

    run: Run
    x: float
    y: float

    @property
    def refused(self) -> bool:
        return self.run.answer == "Failed"


@dataclass(frozen=True)
class Chart:
    """Dots where a fitness is known, and the lines between neighbours, as SVG point lists."""

    runs: Sequence[Run]
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]


def chart(runs: Sequence[Run]) -> Chart | None:
    """None without a recorded run."""
    if not runs:
        return None
    placed = [_dot(run, position, len(runs)) for position, run in enumerate(runs)]
    stretches = [list(dots) for known, dots in groupby(placed, key=lambda dot: dot is not None) if known]
    lines = tuple(" ".join(f"{dot.x},{dot.y}" for dot in stretch if dot) for stretch in stretches)
    return Chart(runs, tuple(dot for dot in placed if dot), lines)


def _dot(run: Run, position: int, count: int) -> Dot | None:
    if run.fitness is None:
        return None
    x = WIDTH / 2 if count == 1 else _SIDE + position * (WIDTH - 2 * _SIDE) / (count - 1)
    return Dot(run, round(x, 1), level(run.fitness))


def level(fitness: float) -> float:
    """How far from the top a fitness is drawn."""
    return round(HEIGHT - _TOP - fitness / 100 * (HEIGHT - 2 * _TOP), 1)
