"""Schedules: rules and EventBridge Scheduler schedules at a rate fire when their time has come.

Only `rate(...)` fires. With time scaled down, the hour of a `cron(...)` would mean nothing.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from moto.events.models import events_backends
from moto.scheduler.models import scheduler_backends

from workbench.local_aws.events.message import new_event
from workbench.local_aws.events.targets import Targets
from workbench.local_aws.service import RequestContext

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_MINUTES = {"minute": 1, "hour": 60, "day": 1440}
_SHORTEST_PAUSE = 0.25


@dataclass(frozen=True)
class Schedule:
    """Something that fires every so many minutes."""

    arn: str
    minutes: int
    region: str
    targets: tuple[Any, ...]
    source: str = "aws.events"


def minutes_of(expression: str | None) -> int | None:
    """The period of `rate(5 minutes)`; None for anything else."""
    match = _RATE.fullmatch(expression or "")
    return int(match[1]) * _MINUTES[match[2]] if match else None


class Schedules:
    """Looks for schedules and fires them, in a thread of its own."""

    def __init__(
        self, account: str, targets: Targets, minute: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._account = account
        self._targets = targets
        self._minute = minute
        self._clock = clock
        self._due: dict[tuple[str, int], float] = {}
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="schedules", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(max(_SHORTEST_PAUSE, self._minute / 4)):
            for schedule in self.due((*_rules(self._account), *_scheduler(self._account))):
                self._fire(schedule)

    def due(self, schedules: tuple[Schedule, ...]) -> list[Schedule]:
        """Those whose time has come; one that is new waits for its period first."""
        now = self._clock()
        known = {(each.arn, each.minutes): each for each in schedules}
        self._due = {key: self._due.get(key, now + schedule.minutes * self._minute) for key, schedule in known.items()}
        firing = [key for key, at in self._due.items() if at <= now]
        for key in firing:
            self._due[key] = now + key[1] * self._minute
        return [known[key] for key in firing]

    def _fire(self, schedule: Schedule) -> None:
        context = RequestContext(self._account, schedule.region)
        event = new_event(context, schedule.source, "Scheduled Event", {}, [schedule.arn])
        for target in schedule.targets:
            self._targets.deliver(context, target, event)


def _rules(account: str) -> Iterator[Schedule]:
    for region, backend in tuple(events_backends[account].items()):
        for rule in tuple(backend.event_buses["default"].rules.values()):
            minutes = minutes_of(rule.scheduled_expression)
            if minutes and rule.state == "ENABLED":
                yield Schedule(rule.arn, minutes, region, tuple(rule.targets))


def _scheduler(account: str) -> Iterator[Schedule]:
    for region, backend in tuple(scheduler_backends[account].items()):
        groups = tuple(backend.schedule_groups.values())
        for each in (schedule for group in groups for schedule in tuple(group.schedules.values())):
            minutes = minutes_of(each.schedule_expression)
            if minutes and each.state != "DISABLED":
                yield Schedule(each.arn, minutes, region, (each.target,), "aws.scheduler")
