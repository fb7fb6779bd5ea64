"""Asynchronous invocations: run in the background, tried again after one minute and after two more."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from workbench.local_aws import background
from workbench.local_aws.functions.destinations import Destinations
from workbench.local_aws.functions.outcome import Outcome
from workbench.local_aws.functions.runner import Event
from workbench.local_aws.functions.version import FunctionVersion
from workbench.local_aws.service import AwsError

logger = logging.getLogger(__name__)

Run = Callable[[FunctionVersion, Event], Outcome]
Dropped = Callable[[FunctionVersion, Event], None]
"""Hears of an event that never succeeded."""


class Retrying:
    """Runs events in the background and tells how they ended; `close` gives up those that wait for their next try.

    Attributes:
        under_way: the events that have not ended, by request id.
    """

    def __init__(self, run: Run, destinations: Destinations, dropped: Dropped, minute: float) -> None:
        self._run_event = run
        self._destinations = destinations
        self._dropped = dropped
        self._minute = minute
        self._closing = threading.Event()
        self.under_way: dict[str, tuple[FunctionVersion, Event]] = {}

    def start(self, version: FunctionVersion, event: Event) -> None:
        self.under_way[event.request_id] = version, event
        background.start(f"invoke-{version.name}", self._run, version, event)

    def close(self) -> None:
        self._closing.set()

    def _run(self, version: FunctionVersion, event: Event) -> None:
        outcome = None
        for attempt in range(version.maximum_retry_attempts + 1):
            if self._closing.wait(attempt * self._minute):
                return
            outcome = self._try(version, event) or outcome
            if outcome and not outcome.failed:
                break
        if outcome:
            self._destinations.tell(version, event.payload, outcome, attempt + 1)
        if outcome is None or outcome.failed:
            self._dropped(version, event)
        self.under_way.pop(event.request_id, None)

    def _try(self, version: FunctionVersion, event: Event) -> Outcome | None:
        """None when the function was not run at all."""
        try:
            return self._run_event(version, event)
        except (AwsError, RuntimeError) as error:
            logger.info("%s was not run: %s", version.arn, error)
            return None
