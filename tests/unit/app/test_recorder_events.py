"""Which events reach the recorder."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fitness.recorder import SETTLED
from moto.events.models import EventPattern

from tests.unit.app.sample import of_type, prepared, resolved

STACK = "arn:aws:cloudformation:eu-west-1:111122223333:stack/config-fitness/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"


def reaches_the_recorder(status: str, stack_id: str = STACK) -> bool:
    pattern = resolved(prepared(), "RecorderStackSettled", "Properties", "EventPattern")
    event: dict[str, Any] = {
        "source": "aws.cloudformation",
        "detail-type": "CloudFormation Stack Status Change",
        "detail": {"stack-id": stack_id, "status-details": {"status": status, "status-reason": ""}},
    }
    return EventPattern.load(json.dumps(pattern)).matches_event(event)


@pytest.mark.parametrize("status", SETTLED)
def test_a_completion_or_rollback_of_the_stack_does(status: str) -> None:
    assert reaches_the_recorder(status)


@pytest.mark.parametrize("status", ["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "DELETE_COMPLETE"])
def test_any_other_change_does_not(status: str) -> None:
    assert not reaches_the_recorder(status)


@pytest.mark.parametrize("other", [STACK.replace("config-fitness", "config-fitness-2"), STACK + "0"])
def test_another_stack_does_not(other: str) -> None:
    assert not reaches_the_recorder("UPDATE_COMPLETE", other)


def test_the_day_does() -> None:
    schedules = [rule["Properties"].get("ScheduleExpression") for rule in of_type("AWS::Events::Rule").values()]
    assert "rate(1 day)" in schedules


def test_eventbridge_may_invoke_it() -> None:
    permissions = [
        body["Properties"]
        for body in of_type("AWS::Lambda::Permission").values()
        if body["Properties"]["FunctionName"] == {"Ref": "Recorder"}
    ]
    sources = sorted(permission["SourceArn"]["Fn::GetAtt"][0] for permission in permissions)
    assert sources == ["RecorderDaily", "RecorderStackSettled"]
    assert {permission["Principal"] for permission in permissions} == {"events.amazonaws.com"}
