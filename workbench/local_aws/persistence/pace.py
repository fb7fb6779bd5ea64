"""When to save: soon after the last of a burst of changes, but not too late after the first, and not all the time."""

from __future__ import annotations

import threading
from collections.abc import Callable

_QUIET_SECONDS = 1.0
_LATEST_SECONDS = 4.0
_REST = 10  # a save of a second is followed by at least ten without one
_RETRY_SECONDS = 10.0


class Pace:
    """Tells a thread when its next save is due; costs nothing while nothing changes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._first: float | None = None
        self._last = 0.0
        self._rested = 0.0
        self._closed = False

    def changed(self) -> None:
        with self._changed:
            self._last = self._clock()
            if self._first is None:
                self._first = self._last
                self._changed.notify()

    def saved(self, seconds: float, *, again: bool = False) -> None:
        """The save took that long; it is due `again` if it has failed."""
        with self._changed:
            self._rested = self._clock() + (_RETRY_SECONDS if again else seconds * _REST)
            if again and self._first is None:
                self._first = self._last = self._clock()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()

    def wait(self) -> bool:
        """Returns when a save is due; False when closed. What changes from then on is for the next one."""
        with self._changed:
            while not self._closed:
                pause = self.pause()
                if pause is not None and pause <= 0:
                    self._first = None
                    return True
                self._changed.wait(pause)
        return False

    def pause(self) -> float | None:
        """Seconds until the next save; None when there is nothing to save."""
        if self._first is None:
            return None
        due = min(self._last + _QUIET_SECONDS, self._first + _LATEST_SECONDS)
        return max(due, self._rested) - self._clock()
