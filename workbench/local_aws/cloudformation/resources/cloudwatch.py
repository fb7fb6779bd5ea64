"""Amazon CloudWatch: alarms and dashboards."""

from __future__ import annotations

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, json_text, pick

_ALARM = (
    "ActionsEnabled",
    "AlarmActions",
    "AlarmDescription",
    "ComparisonOperator",
    "DatapointsToAlarm",
    "Dimensions",
    "EvaluateLowSampleCountPercentile",
    "EvaluationPeriods",
    "ExtendedStatistic",
    "InsufficientDataActions",
    "MetricName",
    "Metrics",
    "Namespace",
    "OKActions",
    "Period",
    "Statistic",
    "Threshold",
    "ThresholdMetricId",
    "TreatMissingData",
    "Unit",
)


def _create_alarm(properties: Properties, context: Context) -> Physical:
    return _put_alarm(properties.get("AlarmName") or context.name(255), properties, context)


def _update_alarm(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    return _put_alarm(name, new, context)


def _put_alarm(name: str, properties: Properties, context: Context) -> Physical:
    call(context.client("cloudwatch"), "put_metric_alarm", AlarmName=name, **pick(properties, *_ALARM))
    return Physical(name, {"Arn": context.arn("cloudwatch", f"alarm:{name}")})


def _delete_alarm(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("cloudwatch").delete_alarms(AlarmNames=[name])


def _create_dashboard(properties: Properties, context: Context) -> Physical:
    return _put_dashboard(properties.get("DashboardName") or context.name(255), properties, context)


def _update_dashboard(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    return _put_dashboard(name, new, context)


def _put_dashboard(name: str, properties: Properties, context: Context) -> Physical:
    body = json_text(properties["DashboardBody"])
    context.client("cloudwatch").put_dashboard(DashboardName=name, DashboardBody=body)
    return Physical(name)


def _delete_dashboard(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("cloudwatch").delete_dashboards(DashboardNames=[name])


PROVIDERS = {
    "AWS::CloudWatch::Alarm": Provider(
        _create_alarm,
        _update_alarm,
        _delete_alarm,
        replaces=frozenset({"AlarmName"}),
        held=frozenset({"AlarmName", *_ALARM}),
    ),
    "AWS::CloudWatch::Dashboard": Provider(
        _create_dashboard, _update_dashboard, _delete_dashboard, replaces=frozenset({"DashboardName"})
    ),
}
