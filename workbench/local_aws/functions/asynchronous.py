"""Asynchronous invocations: run in the background, tried again after one minute and after two more."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from workbench.local_aws.functions.outcome import Outcome
from workbench.local_aws.functions.runner import Event
from workbench.local_aws.functions.version import FunctionVersion
from workbench.local_aws.service import AwsError

logger = logging.getLogger(__name__)

Run = Callable[[FunctionVersion, Event], Outcome]


class Retrying:
    """Starts background invocations; `close` gives up those that wait for their next try."""

    def __init__(self, minute: float) -> None:
        self._minute = minute
        self._closing = threading.Event()

    def start(self, version: FunctionVersion, event: Event, run: Run) -> None:
        name = f"invoke-{version.name}"
        threading.Thread(target=self._run, args=(version, event, run), name=name, daemon=True).start()

    def close(self) -> None:
        self._closing.set()

    def _run(self, version: FunctionVersion, event: Event, run: Run) -> None:
        for attempt in range(version.maximum_retry_attempts + 1):
            if self._closing.wait(attempt * self._minute):
                return
            try:
                if not run(version, event).failed:
                    return
            except AwsError as error:
                logger.info("%s was not run: %s", version.arn, error)
            except RuntimeError as error:
                logger.info("%s was not run: %s", version.arn, error)
                return
