"""An alarm as CloudWatch describes it, from moto's record of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Query = Mapping[str, Any]

_MEMBERS = {
    "AlarmName": "name",
    "AlarmArn": "alarm_arn",
    "AlarmDescription": "description",
    "AlarmConfigurationUpdatedTimestamp": "configuration_updated_timestamp",
    "ActionsEnabled": "actions_enabled",
    "OKActions": "ok_actions",
    "AlarmActions": "alarm_actions",
    "InsufficientDataActions": "insufficient_data_actions",
    "StateValue": "state_value",
    "StateReason": "state_reason",
    "StateReasonData": "state_reason_data",
    "StateUpdatedTimestamp": "state_updated_timestamp",
}
_OF_METRIC = {
    "MetricName": "metric_name",
    "Namespace": "namespace",
    "Statistic": "statistic",
    "ExtendedStatistic": "extended_statistic",
    "Period": "period",
    "Unit": "unit",
    "EvaluationPeriods": "evaluation_periods",
    "DatapointsToAlarm": "datapoints_to_alarm",
    "Threshold": "threshold",
    "ComparisonOperator": "comparison_operator",
    "TreatMissingData": "treat_missing_data",
    "EvaluateLowSampleCountPercentile": "evaluate_low_sample_count_percentile",
    "ThresholdMetricId": "threshold_metric_id",
}


def described(alarm: Any) -> dict[str, Any]:
    """`MetricAlarms` or `CompositeAlarms` of DescribeAlarms; what is not set is not there."""
    if alarm.rule is not None:
        return _members(alarm, _MEMBERS) | {"AlarmRule": alarm.rule}
    shown = _members(alarm, _MEMBERS | _OF_METRIC)
    if alarm.metric_data_queries:
        return shown | {"Metrics": queries(alarm)}
    return shown | {"Dimensions": _dimensions(alarm)}


def queries(alarm: Any) -> list[Query]:
    """What the alarm watches, as `MetricDataQueries`."""
    if alarm.metric_data_queries:
        return [_query(each) for each in alarm.metric_data_queries]
    measured = {
        "Metric": {"Namespace": alarm.namespace, "MetricName": alarm.metric_name, "Dimensions": _dimensions(alarm)},
        "Period": int(alarm.period),
        "Stat": alarm.statistic or alarm.extended_statistic,
    }
    return [{"Id": "m1", "MetricStat": measured | ({"Unit": alarm.unit} if alarm.unit else {}), "ReturnData": True}]


def _query(query: Any) -> Query:
    shown = {"Id": query.id, "Label": query.label, "Expression": query.expression, "Period": query.period}
    if query.metric_stat:
        shown["MetricStat"] = _measured(query.metric_stat)
    kept = {name: value for name, value in shown.items() if value}
    return kept | {"ReturnData": query.return_data in (None, True, "true")}


def _measured(stat: Any) -> Mapping[str, Any]:
    metric = stat.metric
    name = {"Namespace": metric.namespace, "MetricName": metric.metric_name, "Dimensions": _dimensions(metric)}
    measured = {"Metric": name, "Period": int(stat.period), "Stat": stat.stat}
    return measured | ({"Unit": stat.unit} if stat.unit else {})


def _dimensions(of: Any) -> list[Mapping[str, str]]:
    return [{"Name": each.name, "Value": each.value} for each in of.dimensions]


def _members(alarm: Any, members: Mapping[str, str]) -> dict[str, Any]:
    found = {member: getattr(alarm, attribute) for member, attribute in members.items()}
    return {member: value for member, value in found.items() if value is not None}
