"""Schedules: rules and EventBridge Scheduler schedules fire when their time has come.

Owns the clock of schedules. Where an hour takes less than an hour, the clock runs faster from the moment at which the
local AWS began: `cron(0 12 * * ? *)` still fires once a day, and a day takes 24 such hours.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from moto.events.models import events_backends
from moto.scheduler.models import scheduler_backends

from workbench.local_aws import background
from workbench.local_aws.events.expressions import Expression, Once, of_rule, of_schedule
from workbench.local_aws.events.message import new_event, stamp
from workbench.local_aws.events.targets import Targets
from workbench.local_aws.service import RequestContext

logger = logging.getLogger(__name__)

_LONGEST_PAUSE = 1.0
_SHORTEST_PAUSE = 0.25


@dataclass(frozen=True)
class Schedule:
    """Something that fires; `text` is the expression as it was given. After its last time `finished` is called."""

    arn: str
    text: str
    expression: Expression
    region: str
    targets: tuple[Any, ...]
    source: str = "aws.events"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    finished: Callable[[], None] | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.arn, self.text

    def due_after(self, moment: datetime) -> datetime | None:
        following = self.expression.after(max(moment, self.starts_at) if self.starts_at else moment)
        return None if following and self.ends_at and following > self.ends_at else following


class ScaledClock:
    """A clock that begins at this moment and needs `minute` seconds for a minute."""

    def __init__(self, minute: float, now: Callable[[], datetime]) -> None:
        self._minute = minute
        self._real_now = now
        self._began = self._shown = now()

    def now(self) -> datetime:
        return self._shown + (self._real_now() - self._began) * (60 / self._minute)

    def shown_at(self, moment: datetime) -> datetime:
        """What it would show then if its minutes were minutes: a time in two hours is two of its hours away."""
        return self.now() + (moment - self._real_now())

    def go_on(self, moment: datetime) -> None:
        """Never goes back: a clock that was fast goes on where it stopped."""
        self._began = self._real_now()
        self._shown = max(self._began, moment)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Schedules:
    """Looks for schedules and fires them, in a thread of its own."""

    def __init__(self, account: str, targets: Targets, minute: float, now: Callable[[], datetime] = utc_now) -> None:
        self._account = account
        self._targets = targets
        self._clock = ScaledClock(minute, now)
        self._pause = min(_LONGEST_PAUSE, max(_SHORTEST_PAUSE, minute / 4))
        self._due: dict[tuple[str, str], datetime | None] = {}
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = background.start("schedules", self._run)

    def close(self) -> None:
        self._closing.set()
        if self._thread:
            self._thread.join()

    def state(self) -> Any:
        return self._clock.now(), dict(self._due)

    def restore(self, state: Any) -> None:
        """What was due meanwhile fires at once."""
        stopped_at, self._due = state
        self._clock.go_on(stopped_at)

    def _run(self) -> None:
        while not self._closing.wait(self._pause):
            try:
                for schedule, at in self.due((*_rules(self._account), *_scheduler(self._account, self._clock))):
                    self._fire(schedule, at)
            except Exception:
                logger.exception("Schedules could not be looked at")

    def due(self, schedules: tuple[Schedule, ...]) -> list[tuple[Schedule, datetime]]:
        """Those whose time has come, with that time; one that is new waits for its next."""
        now = self._clock.now()
        known = {each.key: each for each in schedules}
        self._due = {
            key: self._due[key] if key in self._due else schedule.due_after(now) for key, schedule in known.items()
        }
        firing = [(known[key], at) for key, at in self._due.items() if at and at <= now]
        for schedule, _ in firing:
            is_over = isinstance(schedule.expression, Once)
            self._due[schedule.key] = None if is_over else schedule.due_after(now)
        return firing

    def _fire(self, schedule: Schedule, at: datetime) -> None:
        context = RequestContext(self._account, schedule.region)
        event = new_event(context, schedule.source, "Scheduled Event", {}, [schedule.arn]) | {"time": stamp(at)}
        for target in schedule.targets:
            self._targets.deliver(context, target, event)
        if self._due.get(schedule.key) is None and schedule.finished:
            schedule.finished()


def _rules(account: str) -> Iterator[Schedule]:
    for region, backend in tuple(events_backends[account].items()):
        for rule in tuple(backend.event_buses["default"].rules.values()):
            text = rule.scheduled_expression
            if text and rule.state == "ENABLED":
                yield Schedule(rule.arn, text, of_rule(text), region, tuple(rule.targets))


def _scheduler(account: str, clock: ScaledClock) -> Iterator[Schedule]:
    for region, backend in tuple(scheduler_backends[account].items()):
        for group in tuple(backend.schedule_groups.values()):
            enabled = [each for each in tuple(group.schedules.values()) if each.state != "DISABLED"]
            yield from (_of_scheduler(each, group, region, clock) for each in enabled)


def _of_scheduler(schedule: Any, group: Any, region: str, clock: ScaledClock) -> Schedule:
    zone = ZoneInfo(schedule.schedule_expression_timezone)
    text, expression = schedule.schedule_expression, of_schedule(schedule.schedule_expression, zone)

    def moment(seconds: Any) -> datetime | None:
        return clock.shown_at(datetime.fromtimestamp(float(seconds), UTC)) if seconds else None

    def delete() -> None:
        group.schedules.pop(schedule.name, None)

    return Schedule(
        schedule.arn,
        text,
        Once(clock.shown_at(expression.at)) if isinstance(expression, Once) else expression,
        region,
        (schedule.target,),
        "aws.scheduler",
        moment(schedule.start_date),
        moment(schedule.end_date),
        delete if schedule.action_after_completion == "DELETE" else None,
    )
