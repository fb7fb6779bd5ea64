"""Alarms: they watch what is published, tell of it, and stop deployments only while they are on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow


def put_alarm(aws: LocalAws, name: str, **settings: Any) -> None:
    usual = {"Namespace": "x", "MetricName": name, "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1}
    compared = {"Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"}
    aws.client("cloudwatch").put_metric_alarm(AlarmName=name, **{**usual, **compared, **settings})


def publish(aws: LocalAws, name: str, value: float) -> None:
    aws.client("cloudwatch").put_metric_data(Namespace="x", MetricData=[{"MetricName": name, "Value": value}])


def alarm(aws: LocalAws, name: str, **wanted: Any) -> Any:
    found = aws.client("cloudwatch").describe_alarms(AlarmNames=[name], **wanted)["MetricAlarms"]
    return found[0] if found else None


def test_an_alarm_begins_without_data(aws: LocalAws) -> None:
    put_alarm(aws, "new")
    assert alarm(aws, "new")["StateValue"] == "INSUFFICIENT_DATA"


def test_a_figure_sets_an_alarm_off_and_another_ends_it(aws: LocalAws) -> None:
    put_alarm(aws, "watched", Statistic="Maximum", ComparisonOperator="LessThanThreshold")
    publish(aws, "watched", 0.5)
    assert alarm(aws, "watched")["StateValue"] == "ALARM"
    publish(aws, "watched", 2)
    assert alarm(aws, "watched")["StateValue"] == "OK"


def test_an_alarm_is_found_by_its_name_and_its_state_together(aws: LocalAws) -> None:
    put_alarm(aws, "quiet", TreatMissingData="notBreaching")
    assert alarm(aws, "quiet", StateValue="ALARM") is None
    assert alarm(aws, "quiet", StateValue="OK")


def test_alarms_come_in_pages(aws: LocalAws) -> None:
    for number in range(3):
        put_alarm(aws, f"many-{number}")
    pages = (
        aws.client("cloudwatch")
        .get_paginator("describe_alarms")
        .paginate(AlarmNamePrefix="many-", PaginationConfig={"PageSize": 2})
    )
    assert [len(page["MetricAlarms"]) for page in pages] == [2, 1]


def test_a_state_set_by_hand_holds_for_a_while(aws: LocalAws) -> None:
    put_alarm(aws, "by-hand")
    aws.client("cloudwatch").set_alarm_state(AlarmName="by-hand", StateValue="ALARM", StateReason="a drill")
    assert (alarm(aws, "by-hand")["StateValue"], alarm(aws, "by-hand")["StateReason"]) == ("ALARM", "a drill")


def test_a_changed_alarm_keeps_its_state(aws: LocalAws) -> None:
    put_alarm(aws, "changed")
    aws.client("cloudwatch").set_alarm_state(AlarmName="changed", StateValue="OK", StateReason="a drill")
    put_alarm(aws, "changed", Threshold=5)
    assert (alarm(aws, "changed")["StateValue"], alarm(aws, "changed")["Threshold"]) == ("OK", 5)


def test_a_topic_hears_of_an_alarm(aws: LocalAws) -> None:
    topic, queue = aws.client("sns").create_topic(Name="alarms")["TopicArn"], _queue(aws, "alarms")
    aws.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue["arn"])
    put_alarm(aws, "told", AlarmActions=[topic])
    publish(aws, "told", 3)
    body = json.loads(_received(aws, queue["url"]))
    told = json.loads(body["Message"])
    assert (body["Subject"], told["NewStateValue"]) == ('ALARM: "told" in eu-west-1', "ALARM")
    assert (told["OldStateValue"], told["Trigger"]["MetricName"]) == ("INSUFFICIENT_DATA", "told")


def test_eventbridge_hears_of_an_alarm(aws: LocalAws) -> None:
    queue = _queue(aws, "alarm-events")
    pattern = json.dumps({"source": ["aws.cloudwatch"], "detail": {"alarmName": ["evented"]}})
    aws.client("events").put_rule(Name="alarms", EventPattern=pattern)
    aws.client("events").put_targets(Rule="alarms", Targets=[{"Id": "queue", "Arn": queue["arn"]}])
    put_alarm(aws, "evented")
    publish(aws, "evented", 3)
    assert json.loads(_received(aws, queue["url"]))["detail"]["state"]["value"] == "ALARM"


def _queue(aws: LocalAws, name: str) -> dict[str, str]:
    client = aws.client("sqs")
    url = client.create_queue(QueueName=name)["QueueUrl"]
    arn = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return {"url": url, "arn": arn}


def _received(aws: LocalAws, url: str) -> str:
    found = eventually(lambda: aws.client("sqs").receive_message(QueueUrl=url).get("Messages"))
    return str(found[0]["Body"])


def test_an_alarm_remembers_how_its_state_changed(aws: LocalAws) -> None:
    put_alarm(aws, "remembered", Statistic="Maximum")
    client = aws.client("cloudwatch")
    for state in ("ALARM", "OK"):
        client.set_alarm_state(AlarmName="remembered", StateValue=state, StateReason="a drill")
    put_alarm(aws, "remembered", Statistic="Maximum", Threshold=5)
    items = client.describe_alarm_history(AlarmName="remembered", HistoryItemType="StateUpdate")["AlarmHistoryItems"]
    summaries = [item["HistorySummary"] for item in items]
    assert summaries == ["Alarm updated from ALARM to OK", "Alarm updated from INSUFFICIENT_DATA to ALARM"]
    assert json.loads(items[0]["HistoryData"])["newState"]["stateReason"] == "a drill"


def test_the_history_of_an_alarm_comes_in_pages(aws: LocalAws) -> None:
    put_alarm(aws, "paged")
    client = aws.client("cloudwatch")
    for state in ("ALARM", "OK", "ALARM"):
        client.set_alarm_state(AlarmName="paged", StateValue=state, StateReason="a drill")
    asked = {"AlarmName": "paged", "ScanBy": "TimestampAscending", "EndDate": datetime.now(UTC) + timedelta(hours=1)}
    page = client.describe_alarm_history(**asked, MaxRecords=2)
    assert len(page["AlarmHistoryItems"]) == 2
    rest = client.describe_alarm_history(**asked, NextToken=page["NextToken"])["AlarmHistoryItems"]
    assert [item["HistorySummary"] for item in rest] == ["Alarm updated from OK to ALARM"]
    assert client.describe_alarm_history(**asked, StartDate=asked["EndDate"])["AlarmHistoryItems"] == []
