"""GetMetricData: one statistic each of many metrics, and what is calculated from them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from workbench.local_aws.cloudwatch.metric_math import Values, calculate
from workbench.local_aws.cloudwatch.series import Metric, Window, aware, gathered, samples_of, statistic
from workbench.local_aws.service import AwsError

Query = Mapping[str, Any]


def answer(kept: Iterable[Any], request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The result, from what is kept of all metrics.

    Raises:
        AwsError: a query is not one, or calculates what CloudWatch could and this cannot.
    """
    begin, end = request["StartTime"], request["EndTime"]
    if aware(begin) >= aware(end):
        raise AwsError("ValidationError", "The parameter EndTime must be greater than StartTime.")
    queries = request["MetricDataQueries"]
    values = evaluate(list(kept), queries, begin, end)
    newest_first = request.get("ScanBy", "TimestampDescending") == "TimestampDescending"
    shown = [query for query in queries if query.get("ReturnData", True)]
    return {"MetricDataResults": [_result(query, values[query["Id"]], newest_first=newest_first) for query in shown]}


def evaluate(kept: list[Any], queries: Iterable[Query], begin: datetime, end: datetime) -> Mapping[str, Values]:
    """The values of each query by its id: those of metrics first, then those that are calculated."""
    values: dict[str, Values] = {}
    for query in sorted(queries, key=lambda each: "MetricStat" not in each):
        if "MetricStat" in query:
            values[query["Id"]] = _measured(kept, query["MetricStat"], begin, end)
        elif "Expression" in query:
            values[query["Id"]] = calculate(query["Expression"], values)
        else:
            raise AwsError("ValidationError", "The parameter MetricDataQueries.member.1.MetricStat is required.\n")
    return values


def _measured(kept: list[Any], wanted: Mapping[str, Any], begin: datetime, end: datetime) -> Values:
    window = Window(begin, end, int(wanted["Period"]))
    metric = Metric.of(wanted["Metric"], wanted.get("Unit"))
    periods = gathered(kept, metric, window)
    return {moment: statistic(wanted["Stat"], samples_of(data)) for moment, data in periods.items()}


def _result(query: Query, values: Values, *, newest_first: bool) -> Mapping[str, Any]:
    moments = sorted(values, reverse=newest_first)
    return {
        "Id": query["Id"],
        "Label": query.get("Label") or _default_label(query),
        "Timestamps": moments,
        "Values": [values[moment] for moment in moments],
        "StatusCode": "Complete",
    }


def _default_label(query: Query) -> str:
    return str(query["MetricStat"]["Metric"]["MetricName"] if "MetricStat" in query else query["Id"])
