"""CloudWatch: alarms."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_ALARM = (
    "ActionsEnabled",
    "AlarmActions",
    "AlarmDescription",
    "AlarmName",
    "ComparisonOperator",
    "EvaluationPeriods",
    "InsufficientDataActions",
    "MetricName",
    "Namespace",
    "OKActions",
    "Period",
    "Statistic",
    "Threshold",
    "TreatMissingData",
)


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    for alarm in pages(clients("cloudwatch"), "describe_alarms", "MetricAlarms"):
        name = alarm["AlarmName"]
        yield Resource(name, "AWS::CloudWatch::Alarm", name, picked(alarm, *_ALARM), {"Arn": alarm["AlarmArn"]})
