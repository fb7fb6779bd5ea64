"""CloudWatch's figures: which data points are a metric's, where periods begin, what is calculated from them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from workbench.local_aws.cloudwatch import metric_data, metric_statistics
from workbench.local_aws.cloudwatch.metric_math import calculate
from workbench.local_aws.service import AwsError

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
OF_STACK = {"Stack": "orders"}


def datum(value: float, seconds: int = 0, of: dict[str, str] = OF_STACK, unit: str = "Percent") -> Any:
    dimensions = [SimpleNamespace(name=name, value=content) for name, content in of.items()]
    moment = NOON + timedelta(seconds=seconds)
    return SimpleNamespace(
        namespace="Fit", name="Fitness", value=value, timestamp=moment, unit=unit, dimensions=dimensions
    )


def asked(of: dict[str, str] = OF_STACK) -> dict[str, Any]:
    dimensions = [{"Name": name, "Value": content} for name, content in of.items()]
    return {"Namespace": "Fit", "MetricName": "Fitness", "Dimensions": dimensions}


def statistics(*kept: Any, begin: datetime = NOON, **request: Any) -> list[dict[str, Any]]:
    span = {"StartTime": begin, "EndTime": NOON + timedelta(hours=1)}
    wanted = {**asked(), **span, "Period": 60, "Statistics": ["Average"], **request}
    found: list[dict[str, Any]] = metric_statistics.answer(kept, wanted)["Datapoints"]
    return found


def test_a_metric_is_all_of_its_dimensions() -> None:
    of_category = datum(10, of={**OF_STACK, "Category": "security"})
    assert [point["Average"] for point in statistics(datum(80), of_category)] == [80]


def test_no_dimensions_is_the_metric_without_any() -> None:
    assert [point["Average"] for point in statistics(datum(80), datum(5, of={}), Dimensions=[])] == [5]


def test_periods_begin_at_whole_minutes_and_are_named_by_their_beginning() -> None:
    points = statistics(datum(80, 10), datum(90, 50), datum(70, 61), begin=NOON + timedelta(seconds=7))
    assert [(point["Timestamp"], point["Average"]) for point in points] == [
        (NOON, 85),
        (NOON + timedelta(minutes=1), 70),
    ]


def test_what_is_at_the_end_is_left_out() -> None:
    assert statistics(datum(80, 60), EndTime=NOON + timedelta(seconds=60)) == []


def test_every_statistic_of_a_period() -> None:
    (point,) = statistics(
        datum(60), datum(90), Statistics=["Minimum", "Maximum", "Sum", "SampleCount"], ExtendedStatistics=["p50"]
    )
    assert (point["Minimum"], point["Maximum"], point["Sum"], point["SampleCount"]) == (60, 90, 150, 2)
    assert point["ExtendedStatistics"] == {"p50": 75}


def test_statistics_that_were_published_count_with_their_samples() -> None:
    many = datum(0)
    del many.value
    many.min, many.max, many.sum, many.sample_count = 1, 9, 40, 10
    (point,) = statistics(many, datum(15), Statistics=["Average", "Minimum", "Maximum"])
    assert (point["Average"], point["Minimum"], point["Maximum"]) == (5, 1, 15)


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        pytest.param({"Statistics": []}, "Must specify either Statistics or", id="nothing asked"),
        pytest.param({"Period": 45}, "1, 5, 10, 30 or a multiple of 60", id="period"),
        pytest.param({"EndTime": NOON}, "StartTime must be less than", id="no time"),
        pytest.param({"Period": 1}, "3,600 datapoints, which exceeds the limit of 1,440", id="too many"),
        pytest.param({"Statistics": ["tm90"]}, "tm90 for parameter Stat is not supported", id="statistic"),
    ],
)
def test_what_cloudwatch_refuses(request_: dict[str, Any], sentence: str) -> None:
    with pytest.raises(AwsError, match=sentence):
        statistics(datum(80), **request_)


def query(name: str, **body: Any) -> dict[str, Any]:
    return {"Id": name, **body}


def measured(name: str, of: dict[str, str] = OF_STACK, **body: Any) -> dict[str, Any]:
    return query(name, MetricStat={"Metric": asked(of), "Period": 60, "Stat": "Maximum"}, **body)


def results(*kept: Any, queries: list[dict[str, Any]], **request: Any) -> list[dict[str, Any]]:
    span = {"StartTime": NOON, "EndTime": NOON + timedelta(hours=1)}
    found: list[dict[str, Any]] = metric_data.answer(kept, {**span, "MetricDataQueries": queries, **request})[
        "MetricDataResults"
    ]
    return found


def test_the_newest_value_comes_first_unless_told_otherwise() -> None:
    kept = datum(80), datum(90, 60)
    assert results(*kept, queries=[measured("a")])[0]["Values"] == [90, 80]
    assert results(*kept, queries=[measured("a")], ScanBy="TimestampAscending")[0]["Values"] == [80, 90]


def test_an_expression_is_calculated_where_all_its_queries_have_values() -> None:
    other = {"Stack": "orders", "Category": "security"}
    queries = [query("d", Expression="a - b / 2"), measured("a", ReturnData=False), measured("b", other)]
    found = results(datum(80), datum(90, 60), datum(50, of=other), queries=queries)
    assert [(each["Id"], each["Values"]) for each in found] == [("d", [55]), ("b", [50])]


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("SUM([a, b])", "does not calculate SUM"),
        ("a - c", "c is not the id of a query"),
        ("1 + 1", "it names no query"),
        ("a -", "it is not arithmetic"),
        ("__import__('os')", "does not calculate"),
    ],
)
def test_an_expression_that_is_not_calculated_says_why(expression: str, sentence: str) -> None:
    with pytest.raises(AwsError, match=sentence):
        calculate(expression, {"a": {NOON: 1}})


def test_nothing_is_divided_by_zero() -> None:
    later = NOON + timedelta(minutes=1)
    assert calculate("-a / b", {"a": {NOON: 4, later: 1}, "b": {NOON: 2, later: 0}}) == {NOON: -2}
