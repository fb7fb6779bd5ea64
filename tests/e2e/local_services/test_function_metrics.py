"""What Lambda publishes of its functions, and the alarms that watch it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.functions import create, invoke
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

FAIL_IF_TOLD = """
    def handler(event, context):
        if event.get("fail"):
            raise ValueError("as told")
    """


def total(aws: LocalAws, metric: str, **of: str) -> float:
    dimensions = [{"Name": name, "Value": value} for name, value in of.items()]
    now = datetime.now(UTC)
    span = {"StartTime": now - timedelta(minutes=10), "EndTime": now + timedelta(minutes=1), "Period": 3600}
    found = aws.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/Lambda", MetricName=metric, Dimensions=dimensions, Statistics=["Sum"], **span
    )
    return float(sum(point["Sum"] for point in found["Datapoints"]))


def test_invocations_and_errors_are_counted(aws: LocalAws) -> None:
    create(aws, "counted", FAIL_IF_TOLD)
    for event in ({}, {"fail": True}, {}):
        invoke(aws, "counted", event)
    assert (total(aws, "Invocations", FunctionName="counted"), total(aws, "Errors", FunctionName="counted")) == (3, 1)


def test_what_an_alias_ran_is_counted_by_alias_and_version(aws: LocalAws) -> None:
    create(aws, "aliased", FAIL_IF_TOLD)
    client = aws.client("lambda")
    client.publish_version(FunctionName="aliased")
    client.create_alias(FunctionName="aliased", Name="live", FunctionVersion="1")
    invoke(aws, "aliased", {"fail": True}, Qualifier="live")
    of_alias = {"FunctionName": "aliased", "Resource": "aliased:live"}
    assert (total(aws, "Errors", **of_alias), total(aws, "Errors", **of_alias, ExecutedVersion="1")) == (1, 1)


def test_throttles_are_counted(aws: LocalAws) -> None:
    create(aws, "throttled", FAIL_IF_TOLD)
    aws.client("lambda").put_function_concurrency(FunctionName="throttled", ReservedConcurrentExecutions=0)
    with pytest.raises(ClientError, match="TooManyRequestsException"):
        invoke(aws, "throttled")
    assert total(aws, "Throttles", FunctionName="throttled") == 1


def test_an_event_that_never_succeeds_is_dropped(aws: LocalAws) -> None:
    create(aws, "dropped", FAIL_IF_TOLD)
    aws.client("lambda").put_function_event_invoke_config(FunctionName="dropped", MaximumRetryAttempts=0)
    aws.client("lambda").invoke(FunctionName="dropped", InvocationType="Event", Payload=b'{"fail": true}')
    assert eventually(lambda: total(aws, "AsyncEventsDropped", FunctionName="dropped")) == 1


def test_an_error_sets_an_alarm_off(aws: LocalAws) -> None:
    create(aws, "watched", FAIL_IF_TOLD)
    watched: dict[str, Any] = {"Namespace": "AWS/Lambda", "MetricName": "Errors", "Statistic": "Sum", "Period": 60}
    compared = {"EvaluationPeriods": 1, "Threshold": 0, "ComparisonOperator": "GreaterThanThreshold"}
    dimensions = [{"Name": "FunctionName", "Value": "watched"}]
    client = aws.client("cloudwatch")
    client.put_metric_alarm(AlarmName="watched-errors", Dimensions=dimensions, **watched, **compared)
    invoke(aws, "watched", {"fail": True})
    assert client.describe_alarms(AlarmNames=["watched-errors"])["MetricAlarms"][0]["StateValue"] == "ALARM"
