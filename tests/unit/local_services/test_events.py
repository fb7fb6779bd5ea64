"""Schedules that fire and what their targets are sent."""

from __future__ import annotations

import json

import pytest

from workbench.local_aws.events.schedules import Schedule, Schedules, minutes_of
from workbench.local_aws.events.targets import Targets, sent

EVENT = {"id": "1", "source": "shop", "detail": {"order": {"id": 7}, "state": "paid"}}


@pytest.mark.parametrize(
    ("expression", "minutes"),
    [("rate(1 minute)", 1), ("rate(5 minutes)", 5), ("rate(2 hours)", 120), ("rate(1 day)", 1440)]
    + [(other, None) for other in ("cron(0 12 * * ? *)", "rate(1 week)", "", None)],
)
def test_the_period_of_a_rate(expression: str | None, minutes: int | None) -> None:
    assert minutes_of(expression) == minutes


def test_a_schedule_fires_after_its_period_and_again_after_the_next() -> None:
    now = [0.0]
    schedules = Schedules("1", Targets(lambda *_: None, lambda *_: None), minute=1.0, clock=lambda: now[0])
    every_five = Schedule("arn", 5, "eu-west-1", ())
    fired = []
    for now[0] in range(16):
        fired += [now[0] for _ in schedules.due((every_five,))]
    assert fired == [5, 10, 15]


def test_a_schedule_that_is_gone_does_not_fire() -> None:
    now = [0.0]
    schedules = Schedules("1", Targets(lambda *_: None, lambda *_: None), minute=1.0, clock=lambda: now[0])
    schedules.due((Schedule("arn", 5, "eu-west-1", ()),))
    schedules.due(())
    now[0] = 5
    assert schedules.due((Schedule("arn", 5, "eu-west-1", ()),)) == []


def test_a_target_is_sent_the_event() -> None:
    assert json.loads(sent({"Arn": "a"}, EVENT)) == EVENT


def test_a_target_is_sent_a_constant() -> None:
    assert sent({"Arn": "a", "Input": '{"constant": true}'}, EVENT) == '{"constant": true}'


def test_a_target_is_sent_a_part_of_the_event() -> None:
    assert json.loads(sent({"Arn": "a", "InputPath": "$.detail.order"}, EVENT)) == {"id": 7}


def test_a_target_is_sent_a_text_made_from_the_event() -> None:
    transformer = {
        "InputPathsMap": {"order": "$.detail.order", "state": "$.detail.state"},
        "InputTemplate": '{"about": <order>, "is": "<state>"}',
    }
    assert json.loads(sent({"Arn": "a", "InputTransformer": transformer}, EVENT)) == {"about": {"id": 7}, "is": "paid"}
