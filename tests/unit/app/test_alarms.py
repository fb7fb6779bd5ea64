"""The alarms: what they watch, whom they tell, and that they hold nothing back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from fitness.catalogue import load
from fitness.metrics import data_points
from fitness.model import ConfigRule, Evaluation, Resource, Status
from fitness.scorecard import make
from fitness.snapshot import Snapshot

from tests.unit.app.sample import of_type, prepared, resolved, resources

NOW = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms"
RULES = """
version: 1
categories: {security: {}}
rules:
  s3-bucket-versioning-enabled: {title: V, category: security, severity: high, resource_types: [AWS::S3::Bucket]}
gate: {minimum: 72.5}
"""


def published() -> list[dict[str, Any]]:
    """The data points of a stack called config-fitness whose one bucket is compliant."""
    rule = ConfigRule("a-rule", "S3BucketVersioningEnabled")
    row = Evaluation("Bucket", "a-rule", Status.COMPLIANT, "DETECTIVE", NOW, NOW, NOW, None)
    bucket = Resource("Bucket", "AWS::S3::Bucket", "bucket", None)
    place = ("arn:aws:cloudformation:eu-west-1:111122223333:stack/config-fitness/1", "111122223333", "eu-west-1")
    return data_points(make(load(RULES), Snapshot("config-fitness", *place, NOW, NOW, (bucket,), (rule,), (row,))))


def watched() -> list[dict[str, Any]]:
    """Metrics of the fitness alarm, by what they are called in its expression."""
    queries = resolved(prepared(), "FitnessAlarm", "Properties", "Metrics")
    return [query for query in queries if "MetricStat" in query]


def value(query: dict[str, Any]) -> float:
    metric = query["MetricStat"]["Metric"]
    wanted = (metric["MetricName"], metric["Dimensions"])
    (found,) = [point["Value"] for point in published() if (point["MetricName"], point["Dimensions"]) == wanted]
    return float(found)


def test_the_alarm_compares_the_fitness_with_the_minimum_of_the_catalogue() -> None:
    assert {query["Id"]: value(query) for query in watched()} == {"fitness": 100, "minimum": 72.5}
    alarm = resources()["FitnessAlarm"]["Properties"]
    (compared,) = [query for query in alarm["Metrics"] if query["ReturnData"]]
    assert (compared["Expression"], alarm["ComparisonOperator"], alarm["Threshold"]) == (
        "fitness - minimum",
        "LessThanThreshold",
        0,
    )


def test_what_the_last_point_said_holds_until_the_next() -> None:
    assert resources()["FitnessAlarm"]["Properties"]["TreatMissingData"] == "ignore"


def test_it_watches_the_namespace_of_the_deployment() -> None:
    template = prepared(FitnessNamespace="Mine")
    queries = resolved(template, "FitnessAlarm", "Properties", "Metrics")
    assert {query["MetricStat"]["Metric"]["Namespace"] for query in queries if "MetricStat" in query} == {"Mine"}


@pytest.mark.parametrize("alarm", ["FitnessAlarm", "RecorderAlarm"])
def test_a_topic_hears_of_it_if_there_is_one(alarm: str) -> None:
    with_topic = resolved(prepared(AlarmTopicArn=TOPIC), alarm, "Properties")
    assert with_topic["AlarmActions"] == [TOPIC]
    assert "AlarmActions" not in resolved(prepared(), alarm, "Properties")


def test_no_alarm_holds_back_the_deployment_that_ends_it() -> None:
    groups = of_type("AWS::CodeDeploy::DeploymentGroup").values()
    assert [group for group in groups if "AlarmConfiguration" in group["Properties"]] == []
