"""EventBridge delivers: own events, events of services, schedules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.functions import ROLE, create, create_role, messages
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws, Options

pytestmark = pytest.mark.slow

TELL = "import json\ndef handler(event, context): print(json.dumps(event))"


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws(Options(recording_delay=0.1, minute=0.05, hour=3)) as running:
        create_role(running)
        yield running


def told(aws: LocalAws, name: str) -> list[dict[str, Any]]:
    groups = aws.client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{name}")["logGroups"]
    lines = messages(aws, f"/aws/lambda/{name}") if groups else []
    return [json.loads(line) for line in lines if line.startswith("{")]


def rule(aws: LocalAws, name: str, target: str, **trigger: Any) -> None:
    client = aws.client("events")
    client.put_rule(Name=name, **trigger)
    client.put_targets(Rule=name, Targets=[{"Id": "1", "Arn": target}])


def put(aws: LocalAws, detail: Any, source: str = "shop") -> dict[str, Any]:
    entry = {"Source": source, "DetailType": "Order", "Detail": json.dumps(detail)}
    answer: dict[str, Any] = aws.client("events").put_events(Entries=[entry])
    return answer


def test_a_function_is_invoked_with_the_events_that_match(aws: LocalAws) -> None:
    arn = create(aws, "orders", TELL)
    rule(aws, "paid", arn, EventPattern=json.dumps({"source": ["shop"], "detail": {"state": ["paid"]}}))
    put(aws, {"state": "open"})
    answer = put(aws, {"state": "paid"})
    assert eventually(lambda: told(aws, "orders"))
    (event,) = told(aws, "orders")
    assert (event["id"], event["detail"]) == (answer["Entries"][0]["EventId"], {"state": "paid"})
    assert (event["source"], event["detail-type"], event["region"]) == ("shop", "Order", "eu-west-1")


def test_a_disabled_rule_delivers_nothing(aws: LocalAws) -> None:
    arn = create(aws, "silent", TELL)
    rule(aws, "disabled", arn, EventPattern=json.dumps({"source": ["quiet"]}), State="DISABLED")
    put(aws, {}, source="quiet")
    assert not eventually(lambda: told(aws, "silent"), 0.5)


def test_a_queue_receives_events(aws: LocalAws) -> None:
    sqs = aws.client("sqs")
    url = sqs.create_queue(QueueName="events")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    rule(aws, "to-queue", arn, EventPattern=json.dumps({"source": ["queued"]}))
    put(aws, {"id": 7}, source="queued")
    received = eventually(lambda: sqs.receive_message(QueueUrl=url).get("Messages"))
    assert json.loads(received[0]["Body"])["detail"] == {"id": 7}


def test_what_is_no_event_is_refused_one_by_one(aws: LocalAws) -> None:
    entries = [{"Source": "shop", "DetailType": "Order", "Detail": "{"}, {"Source": "shop", "DetailType": "Order"}]
    answer = aws.client("events").put_events(Entries=entries)
    assert answer["FailedEntryCount"] == 2
    assert [entry["ErrorCode"] for entry in answer["Entries"]] == ["MalformedDetail", "InvalidArgument"]


def test_a_completed_stack_is_told(aws: LocalAws) -> None:
    arn = create(aws, "recorder", TELL)
    pattern = {
        "source": ["aws.cloudformation"],
        "detail-type": ["CloudFormation Stack Status Change"],
        "detail": {"status-details": {"status": ["CREATE_COMPLETE"]}},
    }
    rule(aws, "completed", arn, EventPattern=json.dumps(pattern))
    template = json.dumps({"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}})
    stack = aws.client("cloudformation").create_stack(StackName="told", TemplateBody=template)["StackId"]
    assert eventually(lambda: [event["detail"]["stack-id"] for event in told(aws, "recorder")] == [stack])


def test_a_schedule_fires_again_and_again(aws: LocalAws) -> None:
    arn = create(aws, "scheduled", TELL)
    rule(aws, "every-ten-minutes", arn, ScheduleExpression="rate(10 minutes)")
    assert eventually(lambda: len(told(aws, "scheduled")) >= 2)
    assert told(aws, "scheduled")[0]["detail-type"] == "Scheduled Event"


def test_a_cron_schedule_fires_in_scaled_time(aws: LocalAws) -> None:
    arn = create(aws, "every-hour", TELL)
    rule(aws, "at-half-past", arn, ScheduleExpression="cron(30 * * * ? *)")
    assert eventually(lambda: told(aws, "every-hour"))
    assert told(aws, "every-hour")[0]["time"].endswith(":30:00Z")


def schedule(aws: LocalAws, name: str, target: str, expression: str, **settings: Any) -> None:
    role = {"Arn": target, "RoleArn": ROLE}
    aws.client("scheduler").create_schedule(
        Name=name, ScheduleExpression=expression, FlexibleTimeWindow={"Mode": "OFF"}, Target=role, **settings
    )


def test_a_schedule_of_one_time_is_deleted_when_it_is_over(aws: LocalAws) -> None:
    arn = create(aws, "once", TELL)
    soon = datetime.now(UTC) + timedelta(hours=2)
    schedule(aws, "once", arn, f"at({soon:%Y-%m-%dT%H:%M:%S})", ActionAfterCompletion="DELETE")
    client = aws.client("scheduler")
    assert eventually(lambda: not client.list_schedules(NamePrefix="once")["Schedules"])
    assert eventually(lambda: len(told(aws, "once")) == 1)


def test_rules_with_expressions_that_aws_does_not_take_are_refused(aws: LocalAws) -> None:
    with pytest.raises(ClientError, match=r"Parameter ScheduleExpression is not valid\.") as error:
        aws.client("events").put_rule(Name="invalid", ScheduleExpression="cron(0 12 * * * *)")
    assert error.value.response["Error"]["Code"] == "ValidationException"


@pytest.mark.parametrize(
    ("expression", "settings"),
    [("cron(0 12 * * * *)", {}), ("rate(1 day)", {"ScheduleExpressionTimezone": "Europe/Atlantis"})],
)
def test_scheduler_refuses_what_it_cannot_plan(aws: LocalAws, expression: str, settings: dict[str, str]) -> None:
    with pytest.raises(ClientError, match=r"(?i)invalid") as error:
        schedule(aws, "invalid", "arn:aws:lambda:eu-west-1:123456789012:function:none", expression, **settings)
    assert error.value.response["Error"]["Code"] == "ValidationException"
