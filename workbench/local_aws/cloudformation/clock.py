"""Time as CloudFormation stamps it: UTC, milliseconds, never twice the same.

Clients that follow a stack ask for what is newer than the last event they saw, so no two events share a time stamp.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

_TICK = timedelta(milliseconds=1)


class Clock:
    """Tells strictly increasing times."""

    def __init__(self) -> None:
        self._last = datetime.min.replace(tzinfo=UTC)
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            now = datetime.now(UTC)
            now = now.replace(microsecond=now.microsecond // 1000 * 1000)
            self._last = max(now, self._last + _TICK)
            return self._last
