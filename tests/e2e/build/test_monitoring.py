"""CloudWatch takes the dashboard and the alarms as they are deployed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.unit.app.sample import prepared, resolved
from tests.unit.rendering.rendered_dashboard import dashboard

TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms"


@pytest.fixture
def cloudwatch() -> Iterator[Any]:
    with mock_aws():
        yield boto3.client(
            "cloudwatch", region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test"
        )


def test_the_dashboard(cloudwatch: Any) -> None:
    body = dashboard()
    answer = cloudwatch.put_dashboard(DashboardName="fitness", DashboardBody=json.dumps(body))
    assert answer["DashboardValidationMessages"] == []
    assert json.loads(cloudwatch.get_dashboard(DashboardName="fitness")["DashboardBody"]) == body


def test_the_alarm_on_the_fitness(cloudwatch: Any) -> None:
    alarm = resolved(prepared(AlarmTopicArn=TOPIC), "FitnessAlarm", "Properties")
    cloudwatch.put_metric_alarm(AlarmName="fitness", **alarm)
    (found,) = cloudwatch.describe_alarms(AlarmNames=["fitness"])["MetricAlarms"]
    assert (found["AlarmActions"], found["TreatMissingData"]) == ([TOPIC], "ignore")
