"""The state of an alarm, from the figures that it watches. Pure.

A period that is not over counts as soon as it has a data point: nobody wants to wait a minute on a laptop.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from workbench.local_aws.cloudwatch.alarm_shape import queries
from workbench.local_aws.cloudwatch.metric_data import evaluate
from workbench.local_aws.cloudwatch.metric_math import Values

_BREACHES: Mapping[str, tuple[Callable[[float, float], bool], str]] = {
    "GreaterThanOrEqualToThreshold": (operator.ge, "greater than or equal to"),
    "GreaterThanThreshold": (operator.gt, "greater than"),
    "LessThanOrEqualToThreshold": (operator.le, "less than or equal to"),
    "LessThanThreshold": (operator.lt, "less than"),
}
_MISSING: Mapping[str | None, bool] = {"breaching": True, "notBreaching": False}


@dataclass(frozen=True)
class State:
    """A state and why it is so."""

    value: str
    reason: str
    data: str = "{}"


def judged(alarm: Any, kept: list[Any], now: datetime) -> State | None:
    """None when the alarm is to stay as it is: nothing new is known, or it compares in a way that is not known here."""
    if alarm.rule is not None or alarm.comparison_operator not in _BREACHES:
        return None
    slots = _newest(alarm, kept, now)
    known = [(moment, value) for moment, value in slots if value is not None]
    filling = _MISSING.get(alarm.treat_missing_data)
    if not known and filling is None:
        return None if alarm.treat_missing_data == "ignore" else _insufficient(len(slots))
    breaches, words = _BREACHES[alarm.comparison_operator]
    breaching = sum(breaches(value, alarm.threshold) for _, value in known)
    breaching += len(slots) - len(known) if filling else 0
    return _crossed(alarm, known, breaching, words)


def _newest(alarm: Any, kept: list[Any], now: datetime) -> list[tuple[datetime, float | None]]:
    """The value of each period that counts, newest first."""
    watched = queries(alarm)
    period = _period(watched)
    end = datetime.fromtimestamp((now.timestamp() // period + 1) * period, UTC)
    count = int(alarm.evaluation_periods)
    values = _watched(evaluate(kept, watched, end - timedelta(seconds=period * (count + 1)), end), watched)
    moments = [end - timedelta(seconds=period * (index + 1)) for index in range(count + 1)]
    slots = [(moment, values.get(moment)) for moment in moments]
    return slots[:-1] if slots[0][1] is not None else slots[1:]


def _period(watched: Sequence[Mapping[str, Any]]) -> int:
    return max(int(query.get("Period") or query.get("MetricStat", {}).get("Period", 60)) for query in watched)


def _watched(values: Mapping[str, Values], queries: Sequence[Mapping[str, Any]]) -> Values:
    return values[next(query["Id"] for query in queries if query["ReturnData"])]


def _insufficient(count: int) -> State:
    was = "datapoint was" if count == 1 else "datapoints were"
    return State("INSUFFICIENT_DATA", f"Insufficient Data: {count} {was} unknown.")


def _crossed(alarm: Any, known: Sequence[tuple[datetime, float]], breaching: int, words: str) -> State:
    needed = int(alarm.datapoints_to_alarm or alarm.evaluation_periods)
    value = "ALARM" if breaching >= needed else "OK"
    shown = ", ".join(f"{number} ({moment:%d/%m/%y %H:%M:%S})" for moment, number in known)
    was, change = ("was", "OK -> ALARM") if value == "ALARM" else ("was not", "ALARM -> OK")
    counted = f"minimum {needed} datapoint{'s' if needed > 1 else ''} for {change} transition"
    reason = (
        f"Threshold Crossed: {len(known)} out of the last {alarm.evaluation_periods} datapoints [{shown}] {was} "
        f"{words} the threshold ({alarm.threshold}) ({counted})."
    )
    data = {"version": "1.0", "recentDatapoints": [number for _, number in known], "threshold": alarm.threshold}
    return State(value, reason, json.dumps(data))
