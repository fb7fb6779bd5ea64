"""Schedule expressions that AWS does not take, refused by moto, too."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from moto.events.models import EventsBackend
from moto.scheduler.exceptions import ValidationException
from moto.scheduler.models import EventBridgeSchedulerBackend

from workbench.local_aws.events.expressions import of_rule, of_schedule


def refuse_invalid_expressions() -> None:
    """Corrects moto's classes; doing so twice is harmless."""
    # moto asks two regular expressions, of which one has to match.
    EventsBackend._CRON_REGEX = EventsBackend._RATE_REGEX = _Rules()
    for name in ("create_schedule", "update_schedule"):
        original = getattr(EventBridgeSchedulerBackend, name)
        if not hasattr(original, "__wrapped__"):
            setattr(EventBridgeSchedulerBackend, name, _checked(original))


class _Rules:
    """Stands for a regular expression that matches the valid expressions of rules."""

    def match(self, text: str) -> bool:
        try:
            of_rule(text)
        except ValueError:
            return False
        return True


def _checked(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def check_and_do(self: Any, **given: Any) -> Any:
        zone = given.get("schedule_expression_timezone") or "UTC"
        try:
            of_schedule(given["schedule_expression"], ZoneInfo(zone))
        except (ZoneInfoNotFoundError, IsADirectoryError) as error:
            raise ValidationException(f"The provided ScheduleExpressionTimezone {zone} is invalid.") from error
        except ValueError as error:
            raise ValidationException(f"Invalid Schedule Expression {given['schedule_expression']}.") from error
        return original(self, **given)

    return check_and_do
