"""Schedule expressions: `rate(5 minutes)`, `cron(0 12 * * ? *)`, and the `at(...)` of EventBridge Scheduler. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol

from workbench.local_aws.events import cron

_RATE = re.compile(r"rate\((?P<value>\d+)\s+(?P<unit>minute|hour|day)(?P<plural>s?)\)")
_CRON = re.compile(r"cron\((?P<fields>[^()]*)\)")
_AT = re.compile(r"at\((?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)")
_MINUTES = {"minute": 1, "hour": 60, "day": 1440}


class Expression(Protocol):
    """When a schedule is due."""

    def after(self, moment: datetime) -> datetime | None:
        """The next time after this moment; None when there is none."""


@dataclass(frozen=True)
class Rate:
    """Due every period."""

    period: timedelta

    def after(self, moment: datetime) -> datetime:
        return moment + self.period


@dataclass(frozen=True)
class Once:
    """Due at one time."""

    at: datetime

    def after(self, moment: datetime) -> datetime | None:
        return self.at if self.at > moment else None


@dataclass(frozen=True)
class Elsewhere:
    """An expression whose hours are those of another place."""

    expression: Expression
    zone: tzinfo

    def after(self, moment: datetime) -> datetime | None:
        local = self.expression.after(moment.astimezone(self.zone).replace(tzinfo=None))
        return local.replace(tzinfo=self.zone).astimezone(UTC) if local else None


def of_rule(text: str) -> Expression:
    """The schedule of an EventBridge rule. Raises ValueError."""
    match = _RATE.fullmatch(text)
    if match and (int(match["value"]) == 1) == bool(match["plural"]):
        raise ValueError("one minute has no plural, and all else has")
    return _recurring(text)


def of_schedule(text: str, zone: tzinfo) -> Expression:
    """The expression of an EventBridge Scheduler schedule. Raises ValueError."""
    if at := _AT.fullmatch(text):
        return Once(datetime.fromisoformat(at["moment"]).replace(tzinfo=zone).astimezone(UTC))
    recurring = _recurring(text)
    return recurring if isinstance(recurring, Rate) else Elsewhere(recurring, zone)


def _recurring(text: str) -> Expression:
    if rate := _RATE.fullmatch(text):
        if not int(rate["value"]):
            raise ValueError("a rate is positive")
        return Rate(timedelta(minutes=int(rate["value"]) * _MINUTES[rate["unit"]]))
    if match := _CRON.fullmatch(text):
        return cron.parse(match["fields"])
    raise ValueError(f"{text} is neither a rate nor a cron expression")
