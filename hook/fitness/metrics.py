"""The scorecard as CloudWatch data points.

Owns metric names and dimensions. A figure that is "n/a" gives no data point. The gate's minimum goes with the fitness,
so that an alarm and a chart compare the two without a second place that knows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import Any

from fitness.model import Status
from fitness.scorecard import Scorecard

DEFAULT_NAMESPACE = "ConfigFitness"


def data_points(scorecard: Scorecard) -> list[dict[str, Any]]:
    """`MetricData` of one PutMetricData call: the stack's figures, and the fitness of each category."""
    return list(_data_points(scorecard))


def _data_points(scorecard: Scorecard) -> Iterator[dict[str, Any]]:
    judgement, figures, moment = scorecard.judgement, scorecard.figures, scorecard.snapshot.taken_at
    stack = {"Stack": scorecard.snapshot.stack}
    violations = sum(pair.status is Status.NON_COMPLIANT and judgement.matters(pair) for pair in judgement.pairs)
    yield from _figure("Fitness", figures.fitness, stack, moment)
    if figures.fitness is not None:
        yield _point("FitnessMinimum", float(scorecard.catalogue.gate.minimum), "Percent", stack, moment)
    yield from _figure("FitnessLow", figures.low, stack, moment)
    yield from _figure("FitnessHigh", figures.high, stack, moment)
    yield from _figure("Coverage", figures.coverage, stack, moment)
    yield _point("Violations", float(violations), "Count", stack, moment)
    if judgement.change:
        regressions = sum(judgement.matters(pair) for pair in judgement.change.regressed)
        yield _point("Regressions", float(regressions), "Count", stack, moment)
    for category, of_category in judgement.score.categories.items():
        yield from _figure("Fitness", of_category.fitness, {**stack, "Category": category}, moment)


def _figure(
    name: str, value: Fraction | None, dimensions: dict[str, str], moment: datetime
) -> Iterator[dict[str, Any]]:
    if value is not None:
        yield _point(name, float(value), "Percent", dimensions, moment)


def _point(name: str, value: float, unit: str, dimensions: dict[str, str], moment: datetime) -> dict[str, Any]:
    return {
        "MetricName": name,
        "Dimensions": [{"Name": key, "Value": dimension} for key, dimension in dimensions.items()],
        "Timestamp": moment,
        "Value": value,
        "Unit": unit,
    }
