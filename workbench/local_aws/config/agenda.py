"""What is to be done later: tasks with a time, done one after another in one thread."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable

from workbench.local_aws import background

logger = logging.getLogger(__name__)

Task = Callable[[], None]


class Agenda:
    """Runs tasks when they are due, and tells when some are `done`.

    Without `start`, `run_due` does so when it is called.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, done: Task = lambda: None) -> None:
        self._clock = clock
        self._done = done
        self._tasks: list[tuple[float, int, Task]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    def after(self, seconds: float, task: Task) -> None:
        """Does the task once, after that time."""
        with self._changed:
            heapq.heappush(self._tasks, (self._clock() + seconds, next(self._order), task))
            self._changed.notify()

    def start(self) -> None:
        self._thread = background.start("agenda", self._run)

    def close(self) -> None:
        """Returns when the task that is being done has ended; the others are dropped."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread:
            self._thread.join()

    def run_due(self) -> None:
        while task := self._next_due():
            task()
        self._done()

    def _next_due(self) -> Task | None:
        with self._changed:
            if self._tasks and self._tasks[0][0] <= self._clock():
                return heapq.heappop(self._tasks)[2]
        return None

    def _run(self) -> None:
        while self._wait():
            try:
                self.run_due()
            except Exception:
                logger.exception("A task of AWS Config failed")

    def _wait(self) -> bool:
        """Sleeps until a task is due; False when the agenda was closed."""
        with self._changed:
            while not self._closed:
                pause = self._tasks[0][0] - self._clock() if self._tasks else None
                if pause is not None and pause <= 0:
                    return True
                self._changed.wait(pause)
        return False
