"""Data points of one metric, gathered into periods. Pure.

Owns which data points belong to a metric, where periods begin, and the statistics of a period.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workbench.local_aws.service import AwsError

_FINE_PERIODS = (1, 5, 10, 30)


@dataclass(frozen=True)
class Window:
    """From `begin` up to, but not including, `end`, in periods of so many seconds.

    Raises:
        AwsError: the period is none that CloudWatch knows.
    """

    begin: datetime
    end: datetime
    period: int

    def __post_init__(self) -> None:
        if self.period < 1 or (self.period not in _FINE_PERIODS and self.period % 60):
            message = f"The parameter Period must be 1, 5, 10, 30 or a multiple of 60; it is {self.period}."
            raise AwsError("InvalidParameterValue", message)

    @property
    def first(self) -> float:
        """Where the first period begins: CloudWatch rounds down to a whole minute, or to a fine period."""
        step = min(self.period, 60)
        return aware(self.begin).timestamp() // step * step

    def period_of(self, moment: datetime) -> datetime | None:
        """The beginning of the period that this moment falls into."""
        seconds = aware(moment).timestamp()
        if not self.first <= seconds < aware(self.end).timestamp():
            return None
        return datetime.fromtimestamp(seconds - (seconds - self.first) % self.period, UTC)


def aware(moment: datetime) -> datetime:
    """CloudWatch's times are in UTC, whether they say so or not."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """What one data point adds to its period: a value, or the statistics of many."""

    minimum: float
    maximum: float
    total: float
    count: float


Samples = Sequence[Sample]
_PERCENTILE = re.compile(r"p(\d{1,2}(?:\.\d{1,10})?|100)")


def _total(samples: Samples) -> float:
    return sum(sample.total for sample in samples)


def _count(samples: Samples) -> float:
    return sum(sample.count for sample in samples)


_STATISTICS: Mapping[str, Callable[[Samples], float]] = {
    "Average": lambda samples: _total(samples) / _count(samples),
    "Maximum": lambda samples: max(sample.maximum for sample in samples),
    "Minimum": lambda samples: min(sample.minimum for sample in samples),
    "SampleCount": _count,
    "Sum": _total,
}


def statistic(name: str, samples: Samples) -> float:
    """Raises AwsError for one that is not known."""
    percentile = _PERCENTILE.fullmatch(name)
    if percentile:
        return _percentile(float(percentile.group(1)) / 100, samples)
    if name not in _STATISTICS:
        raise AwsError("InvalidParameterValue", f"The value {name} for parameter Stat is not supported.")
    return _STATISTICS[name](samples)


def _percentile(share: float, samples: Samples) -> float:
    values = sorted(sample.total for sample in samples if sample.count == 1)
    if not values:
        return max(sample.maximum for sample in samples)
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


@dataclass(frozen=True)
class Metric:
    """Whose data points are wanted; of all units where none is named."""

    namespace: str
    name: str
    dimensions: frozenset[tuple[str, str]]
    unit: str | None = None

    @classmethod
    def of(cls, request: Mapping[str, Any], unit: str | None = None) -> Metric:
        dimensions = frozenset((each["Name"], each["Value"]) for each in request.get("Dimensions") or ())
        return cls(request["Namespace"], request["MetricName"], dimensions, unit)

    @classmethod
    def of_datum(cls, datum: Any) -> Metric:
        """The metric, whatever the unit, of one of moto's data points."""
        return cls(datum.namespace, datum.name, frozenset((each.name, each.value) for each in datum.dimensions))

    def owns(self, datum: Any) -> bool:
        """Whether one of moto's data points is this metric's."""
        if (datum.namespace, datum.name) != (self.namespace, self.name):
            return False
        of_unit = self.unit is None or datum.unit == self.unit
        return of_unit and {(each.name, each.value) for each in datum.dimensions} == self.dimensions


def gathered(kept: Iterable[Any], metric: Metric, window: Window) -> Mapping[datetime, list[Any]]:
    """moto's data points of the metric by the beginning of their period, oldest period first."""
    periods: dict[datetime, list[Any]] = defaultdict(list)
    for datum in kept:
        begin = window.period_of(datum.timestamp) if metric.owns(datum) else None
        if begin:
            periods[begin].append(datum)
    return dict(sorted(periods.items()))


def samples_of(data: Iterable[Any]) -> Samples:
    return [
        Sample(datum.value, datum.value, datum.value, 1)
        if hasattr(datum, "value")
        else Sample(datum.min, datum.max, datum.sum, datum.sample_count)
        for datum in data
    ]
