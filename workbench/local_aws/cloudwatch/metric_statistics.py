"""GetMetricStatistics: several statistics of one metric. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.local_aws.cloudwatch.series import Metric, Window, aware, gathered, samples_of, statistic
from workbench.local_aws.service import AwsError

_MOST_DATAPOINTS = 1440


def answer(kept: Iterable[Any], request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The result, from what is kept of all metrics.

    Raises:
        AwsError: the request asks for nothing, or for too much.
    """
    simple, extended = request.get("Statistics") or [], request.get("ExtendedStatistics") or []
    if not simple and not extended:
        raise AwsError("InvalidParameterCombination", "Must specify either Statistics or ExtendedStatistics")
    window = Window(request["StartTime"], request["EndTime"], int(request["Period"]))
    _check(window)
    datapoints = []
    for begin, data in gathered(kept, Metric.of(request, request.get("Unit")), window).items():
        samples = samples_of(data)
        point: dict[str, Any] = {"Timestamp": begin, "Unit": data[0].unit or "None"}
        point |= {name: statistic(name, samples) for name in simple}
        if extended:
            point["ExtendedStatistics"] = {name: statistic(name, samples) for name in extended}
        datapoints.append(point)
    return {"Label": request["MetricName"], "Datapoints": datapoints}


def _check(window: Window) -> None:
    seconds = (aware(window.end) - aware(window.begin)).total_seconds()
    if seconds <= 0:
        raise AwsError("InvalidParameterValue", "The parameter StartTime must be less than the parameter EndTime.")
    if seconds / window.period > _MOST_DATAPOINTS:
        message = (
            f"You have requested up to {seconds / window.period:,.0f} datapoints, which exceeds the limit of "
            f"{_MOST_DATAPOINTS:,}. You may reduce the datapoints requested by increasing Period, or decreasing the "
            "time range."
        )
        raise AwsError("InvalidParameterCombination", message)
