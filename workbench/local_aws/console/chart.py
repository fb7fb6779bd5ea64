"""The geometry of the chart: fitness over time with its band, the minimum, and what was released. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from workbench.local_aws.console.metrics import Point, Series, Window
from workbench.local_aws.console.releases import Release

WIDTH, HEIGHT = 1000, 200
LEVELS = (100, 50, 0)
_MARGIN = 6


@dataclass(frozen=True)
class Mark:
    """A release at its moment; `y` is None where no fitness belongs to it."""

    release: Release
    x: float
    y: float | None


@dataclass(frozen=True)
class Dot:
    """A data point of the fitness."""

    x: float
    y: float
    at: datetime
    value: float


@dataclass(frozen=True)
class Chart:
    """SVG point lists in a box of WIDTH x HEIGHT, empty where there is nothing to draw; the times at its bottom."""

    band: str
    line: str
    minimum: str
    dots: tuple[Dot, ...]
    marks: tuple[Mark, ...]
    times: tuple[datetime, ...]


@dataclass(frozen=True)
class Scale:
    """Where moments and levels lie."""

    begin: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        return round((moment - self.begin) / (self.end - self.begin) * WIDTH, 1)

    def points(self, of: Sequence[Point]) -> Iterator[str]:
        return (f"{self.x(moment)},{level(value)}" for moment, value in of)


def draw(series: Series, releases: Sequence[Release], window: Window, now: datetime) -> Chart:
    end = window.ends_at(now)
    scale = Scale(end - window.length, end)
    low, high = series["FitnessLow"], series["FitnessHigh"]
    dots = (Dot(scale.x(moment), level(value), moment, value) for moment, value in series["Fitness"])
    shown = (release for release in releases if release.is_decided and scale.begin <= release.at <= end)
    return Chart(
        band=" ".join([*scale.points(high), *reversed([*scale.points(low)])]),
        line=" ".join(scale.points(series["Fitness"])),
        minimum=" ".join(scale.points(series["FitnessMinimum"])),
        dots=tuple(dots),
        marks=tuple(Mark(release, scale.x(release.at), _level(release.fitness)) for release in shown),
        times=(scale.begin, scale.begin + window.length / 2, end),
    )


def level(fitness: float) -> float:
    """How far from the top a fitness from 0 to 100 is drawn."""
    return round(HEIGHT - _MARGIN - fitness / 100 * (HEIGHT - 2 * _MARGIN), 1)


def _level(fitness: float | None) -> float | None:
    return None if fitness is None else level(fitness)
