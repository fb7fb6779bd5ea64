"""The geometry of the gauge: a half circle from 0 to 100 with what is held, what is open, and two ticks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin

from fitness.scorecard import Scorecard

from workbench.reports.wording import number

CENTRE_X, CENTRE_Y, RADIUS = 160, 128, 96
_HALF_WIDTH = 9
_ANCHORS = ((45, "end"), (55, "middle"), (100, "start"))


@dataclass(frozen=True)
class Tick:
    """A line across the arc, with its label outside of it."""

    kind: str
    label: str
    x1: float
    y1: float
    x2: float
    y2: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Gauge:
    """SVG paths, empty where there is nothing to draw."""

    track: str
    held: str
    open: str
    needle: Tick | None
    ticks: tuple[Tick, ...]


def gauge(card: Scorecard) -> Gauge:
    """The fitness between its lowest and highest possible value, with the minimum and the baseline."""
    figures = card.figures
    low, high = (None if value is None else float(value) for value in (figures.low, figures.high))
    known = low is not None and high is not None
    return Gauge(
        track=_arc(0, 100),
        held=_arc(0, low) if known else "",
        open=_arc(low, high) if known else "",
        needle=None if figures.fitness is None else _tick("fitness", "", float(figures.fitness)),
        ticks=tuple(_ticks(card)),
    )


def _ticks(card: Scorecard) -> Iterator[Tick]:
    minimum, baseline = float(card.catalogue.gate.minimum), card.judgement.baseline
    yield _tick("minimum", f"minimum {minimum:g}", minimum, inside=True)
    if baseline and baseline.fitness is not None:
        yield _tick("baseline", f"baseline {number(baseline.fitness)}", baseline.fitness)


def _tick(kind: str, label: str, value: float, *, inside: bool = False) -> Tick:
    x1, y1 = _point(value, RADIUS - _HALF_WIDTH - 3)
    x2, y2 = _point(value, RADIUS + _HALF_WIDTH + 3)
    label_x, label_y = _point(value, RADIUS - _HALF_WIDTH - 9 if inside else RADIUS + _HALF_WIDTH + 7)
    anchor = next(anchor for limit, anchor in _ANCHORS if value <= limit)
    inner = {"end": "start", "start": "end", "middle": "middle"}
    return Tick(kind, label, x1, y1, x2, y2, label_x, label_y, inner[anchor] if inside else anchor)


def _arc(start: float | None, end: float | None) -> str:
    if start is None or end is None or start >= end:
        return ""
    (x1, y1), (x2, y2) = _point(start, RADIUS), _point(end, RADIUS)
    return f"M{x1} {y1}A{RADIUS} {RADIUS} 0 0 1 {x2} {y2}"


def _point(value: float, radius: float) -> tuple[float, float]:
    angle = pi * (1 - value / 100)
    return round(CENTRE_X + radius * cos(angle), 2), round(CENTRE_Y - radius * sin(angle), 2)
