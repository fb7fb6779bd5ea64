"""Clients that speak Smithy's RPC v2 in CBOR, as those of CloudWatch may."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.exceptions import ClientError

from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

METRIC = {"Namespace": "Shop", "MetricName": "Orders"}
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def cloudwatch(aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A client that knows no other protocol."""
    folder, session = tmp_path_factory.mktemp("models"), botocore.session.get_session()
    model = session.get_component("data_loader").load_service_model("cloudwatch", "service-2")
    metadata = {**model["metadata"], "protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor"]}
    place = folder / "cloudwatch" / metadata["apiVersion"] / "service-2.json"
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps({**model, "metadata": metadata}))
    other = botocore.session.get_session({"data_path": (None, None, str(folder), None)})
    create: Any = boto3.Session("test", "test", region_name="eu-west-1", botocore_session=other).client
    client = create("cloudwatch", endpoint_url=aws.url)
    assert client.meta.service_model.resolved_protocol == "smithy-rpc-v2-cbor"
    return client


def test_figures_are_put_and_read(cloudwatch: Any) -> None:
    data = [{"MetricName": "Orders", "Value": value, "Timestamp": NOW} for value in (1.5, 2.0)]
    cloudwatch.put_metric_data(Namespace="Shop", MetricData=data)
    period = {"StartTime": NOW - timedelta(hours=1), "EndTime": NOW + timedelta(minutes=1), "Period": 60}
    [point] = cloudwatch.get_metric_statistics(**METRIC, **period, Statistics=["Sum"])["Datapoints"]
    assert (point["Sum"], NOW - point["Timestamp"] < timedelta(minutes=1)) == (3.5, True)


def test_a_large_request_comes_compressed(cloudwatch: Any) -> None:
    data = [{"MetricName": f"Figure-{number}", "Value": number, "Timestamp": NOW} for number in range(500)]
    cloudwatch.put_metric_data(Namespace="Large", MetricData=data)
    pages = cloudwatch.get_paginator("list_metrics").paginate(Namespace="Large")
    assert len(pages.build_full_result()["Metrics"]) == 500


def test_our_own_operations_answer_too(cloudwatch: Any) -> None:
    settings = {"Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "Statistic": "Sum"}
    cloudwatch.put_metric_alarm(AlarmName="many", ComparisonOperator="GreaterThanThreshold", **METRIC, **settings)
    [alarm] = cloudwatch.describe_alarms(AlarmNames=["many"])["MetricAlarms"]
    assert (alarm["Threshold"], type(alarm["StateUpdatedTimestamp"])) == (1.0, datetime)


def test_an_error_keeps_its_code(cloudwatch: Any) -> None:
    with pytest.raises(ClientError) as refused:
        cloudwatch.get_dashboard(DashboardName="none")
    assert refused.value.response["Error"]["Code"] == "ResourceNotFound"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
