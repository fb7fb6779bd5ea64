"""The gate before moto: closed for a moment, so that its state is not changed while it is being read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# A request may wait for another one (a long poll, a function that moto invokes), which would wait for the gate.
_PATIENCE_SECONDS = 0.2


class Gate:
    """Requests go through it side by side; who closes it waits for those inside, and lets new ones wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._is_closed = False

    @contextmanager
    def passed(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._is_closed)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Not to be entered from two threads at once. A request that stays inside for long is not waited for."""
        with self._changed:
            self._is_closed = True
            self._changed.wait_for(lambda: not self._inside, _PATIENCE_SECONDS)
        try:
            yield
        finally:
            with self._changed:
                self._is_closed = False
                self._changed.notify_all()
