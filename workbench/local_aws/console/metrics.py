"""The fitness as CloudWatch holds it: series over a window of time, and their newest values. Pure.

Owns the windows. The names of the metrics are those that `fitness.metrics` publishes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

BAND = ("Fitness", "FitnessLow", "FitnessHigh", "FitnessMinimum")
FIGURES = (*BAND, "Coverage", "Violations", "Regressions")
DEFAULT_WINDOW = "1h"


@dataclass(frozen=True)
class Span:
    """What one reading covers, and the period in seconds of its data points."""

    begin: datetime
    end: datetime
    period: int


@dataclass(frozen=True)
class Window:
    """A stretch of time up to now, and the period in seconds of its data points, about a hundred to three hundred."""

    name: str
    length: timedelta
    period: int

    def ends_at(self, now: datetime) -> datetime:
        """The first full period that is not over yet: what is read a moment later is the same."""
        return datetime.fromtimestamp((now.timestamp() // self.period + 1) * self.period, UTC)

    def span(self, now: datetime) -> Span:
        end = self.ends_at(now)
        return Span(end - self.length, end, self.period)


WINDOWS: Mapping[str, Window] = {
    window.name: window
    for window in (
        Window("15m", timedelta(minutes=15), 5),
        Window("1h", timedelta(hours=1), 30),
        Window("3h", timedelta(hours=3), 60),
        Window("1d", timedelta(days=1), 300),
        Window("1w", timedelta(weeks=1), 3600),
    )
}

Point = tuple[datetime, float]
Series = Mapping[str, Sequence[Point]]
"""Data points by name of the metric, oldest first."""


def queries(namespace: str, stack: str, period: int) -> list[dict[str, Any]]:
    """`MetricDataQueries` for the figures of a stack."""
    dimensions = [{"Name": "Stack", "Value": stack}]
    return [
        {
            "Id": name.lower(),
            "Label": name,
            "MetricStat": {
                "Metric": {"Namespace": namespace, "MetricName": name, "Dimensions": dimensions},
                "Period": period,
                "Stat": "Average",
            },
        }
        for name in FIGURES
    ]


def series(results: Sequence[Mapping[str, Any]]) -> Series:
    """`MetricDataResults`, all pages of them, as series."""
    found: dict[str, list[Point]] = {name: [] for name in FIGURES}
    for result in results:
        name = next(name for name in FIGURES if name.lower() == result["Id"])
        found[name] += zip(result["Timestamps"], result["Values"], strict=True)
    return {name: sorted(points) for name, points in found.items()}


def newest(of: Series, window: Window) -> Span | None:
    """The last period with a fitness, in fine parts: a period with several releases holds only their average."""
    if not of["Fitness"]:
        return None
    begin = of["Fitness"][-1][0]
    return Span(begin, begin + timedelta(seconds=window.period), max(1, window.period // 60))


def latest(of: Series, finer: Series | None = None) -> Mapping[str, float | None]:
    """The newest value of each metric, from the finer reading if that has one; None where neither has."""
    points = {name: (finer or {}).get(name) or of[name] for name in of}
    return {name: found[-1][1] if found else None for name, found in points.items()}


def namespaces(listed: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    """The namespace that each stack's fitness is in, from `ListMetrics` of the metric `Fitness`."""
    return {
        metric["Dimensions"][0]["Value"]: metric["Namespace"]
        for metric in listed
        if [dimension["Name"] for dimension in metric["Dimensions"]] == ["Stack"]
    }
