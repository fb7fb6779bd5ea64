"""The state of an alarm, from what it watches and how it takes missing data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from workbench.local_aws.cloudwatch.alarm_state import State, judged

NOW = datetime(2026, 5, 4, 12, 0, 30, tzinfo=UTC)


def datum(value: float, minutes_ago: int = 0, name: str = "Errors") -> Any:
    moment = NOW - timedelta(minutes=minutes_ago)
    return SimpleNamespace(namespace="x", name=name, value=value, timestamp=moment, unit=None, dimensions=[])


def alarm(**settings: Any) -> Any:
    usual: dict[str, Any] = {
        "rule": None,
        "namespace": "x",
        "metric_name": "Errors",
        "dimensions": [],
        "metric_data_queries": [],
        "statistic": "Sum",
        "extended_statistic": None,
        "unit": None,
        "period": 60,
        "threshold": 0.0,
        "comparison_operator": "GreaterThanThreshold",
        "evaluation_periods": 1,
        "datapoints_to_alarm": None,
        "treat_missing_data": None,
    }
    return SimpleNamespace(**{**usual, **settings})


def state(watching: Any, *kept: Any) -> str:
    found = judged(watching, list(kept), NOW)
    return found.value if found else "stays"


def test_a_breach_is_an_alarm() -> None:
    assert judged(alarm(), [datum(2.0)], NOW) == State(
        "ALARM",
        "Threshold Crossed: 1 out of the last 1 datapoints [2.0 (04/05/26 12:00:00)] was greater than "
        "the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition).",
        '{"version": "1.0", "recentDatapoints": [2.0], "threshold": 0.0}',
    )


def test_no_breach_is_ok() -> None:
    assert state(alarm(), datum(0.0)) == "OK"


@pytest.mark.parametrize(
    ("treated", "expected"),
    [
        (None, "INSUFFICIENT_DATA"),
        ("missing", "INSUFFICIENT_DATA"),
        ("ignore", "stays"),
        ("breaching", "ALARM"),
        ("notBreaching", "OK"),
    ],
)
def test_missing_data_is_taken_as_the_alarm_says(treated: str | None, expected: str) -> None:
    assert state(alarm(treat_missing_data=treated), datum(2.0, minutes_ago=2)) == expected


def test_the_last_full_period_counts_until_the_next_has_data() -> None:
    assert state(alarm(), datum(2.0, minutes_ago=1)) == "ALARM"
    assert state(alarm(), datum(2.0, minutes_ago=1), datum(0.0)) == "OK"


@pytest.mark.parametrize(("needed", "expected"), [(1, "ALARM"), (2, "ALARM"), (3, "OK"), (None, "OK")])
def test_so_many_of_the_periods_must_breach(needed: int | None, expected: str) -> None:
    watching = alarm(evaluation_periods=3, datapoints_to_alarm=needed)
    assert state(watching, datum(1.0), datum(0.0, minutes_ago=1), datum(1.0, minutes_ago=2)) == expected


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        ("GreaterThanOrEqualToThreshold", "ALARM"),
        ("GreaterThanThreshold", "OK"),
        ("LessThanOrEqualToThreshold", "ALARM"),
        ("LessThanThreshold", "OK"),
        ("LessThanLowerThreshold", "stays"),
    ],
)
def test_values_are_compared_as_the_alarm_says(comparison: str, expected: str) -> None:
    assert state(alarm(comparison_operator=comparison), datum(0.0)) == expected


def test_an_alarm_may_watch_what_is_calculated() -> None:
    def query(name: str, **more: Any) -> Any:
        return SimpleNamespace(id=name, label=None, period=None, **more)

    def measured(name: str) -> Any:
        metric = SimpleNamespace(namespace="x", metric_name=name, dimensions=[])
        return SimpleNamespace(metric=metric, period=60, stat="Average", unit=None)

    queries = [
        query("distance", expression="fitness - minimum", metric_stat=None, return_data=True),
        query("fitness", expression=None, metric_stat=measured("Fitness"), return_data=False),
        query("minimum", expression=None, metric_stat=measured("FitnessMinimum"), return_data=False),
    ]
    watching = alarm(metric_data_queries=queries, comparison_operator="LessThanThreshold")
    assert state(watching, datum(70.0, name="Fitness"), datum(80.0, name="FitnessMinimum")) == "ALARM"
    assert state(watching, datum(90.0, name="Fitness"), datum(80.0, name="FitnessMinimum")) == "OK"


def test_a_composite_alarm_stays_as_it_is() -> None:
    assert state(alarm(rule="ALARM(errors)")) == "stays"
