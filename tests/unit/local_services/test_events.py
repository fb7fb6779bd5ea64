"""Schedules that fire and what their targets are sent."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from tests.unit.local_services.fakes import START
from workbench.local_aws.events.expressions import of_rule
from workbench.local_aws.events.schedules import Schedule, Schedules
from workbench.local_aws.events.targets import Targets, sent

EVENT = {"id": "1", "source": "shop", "detail": {"order": {"id": 7}, "state": "paid"}}


class Clock:
    """Schedules with a clock that a test moves by minutes."""

    def __init__(self, minute: float = 60.0) -> None:
        self.now = START
        self.schedules = Schedules("1", Targets(lambda *_: None, lambda *_: None), minute, lambda: self.now)

    def due_during(self, minutes: int, *schedules: Schedule) -> list[str]:
        fired = []
        for _ in range(minutes + 1):
            fired += [f"{at:%H:%M}" for _, at in self.schedules.due(schedules)]
            self.now += timedelta(minutes=1)
        return fired


def every(text: str, **settings: Any) -> Schedule:
    return Schedule("arn", text, of_rule(text), "eu-west-1", (), **settings)


def test_a_rate_fires_after_its_period_and_again_after_the_next() -> None:
    assert Clock().due_during(15, every("rate(5 minutes)")) == ["10:05", "10:10", "10:15"]


def test_a_cron_schedule_fires_at_its_times() -> None:
    assert Clock().due_during(70, every("cron(0/30 * * * ? *)")) == ["10:30", "11:00"]


def test_where_an_hour_takes_a_minute_a_day_takes_24() -> None:
    assert Clock(minute=1.0).due_during(24, every("cron(0 12 * * ? *)")) == ["12:00"]


def test_a_schedule_that_is_gone_does_not_fire() -> None:
    clock = Clock()
    clock.due_during(4, every("rate(5 minutes)"))
    clock.due_during(0)
    assert clock.due_during(4, every("rate(5 minutes)")) == []


def test_a_schedule_fires_between_its_start_and_its_end() -> None:
    limits = {"starts_at": START + timedelta(minutes=7), "ends_at": START + timedelta(minutes=21)}
    assert Clock().due_during(60, every("cron(0/5 * * * ? *)", **limits)) == ["10:10", "10:15", "10:20"]


def test_after_a_restart_a_schedule_waits_for_the_rest_of_its_period() -> None:
    before, after = Clock(), Clock()
    before.due_during(3, every("rate(5 minutes)"))
    after.schedules.restore(before.schedules.state())
    assert after.due_during(2, every("rate(5 minutes)")) == ["10:05"]


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
