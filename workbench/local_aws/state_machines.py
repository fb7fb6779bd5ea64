"""State machines that really run: moto's interpreter of the Amazon States Language, whose tasks call this AWS.

Owns when that interpreter is loaded, which takes over a second: with the first request to Step Functions, or with a
saved state that has state machines.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from moto.core.config import default_user_config

_INTERPRETER = "moto.stepfunctions.parser.models"


@contextmanager
def running_state_machines(endpoint: str) -> Iterator[None]:
    """While it lasts, executions run, and their tasks find their AWS at `endpoint`."""
    configured, port = default_user_config["stepfunctions"], os.environ.get("MOTO_PORT")
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    os.environ["MOTO_PORT"] = str(urlsplit(endpoint).port)
    try:
        yield
    finally:
        default_user_config["stepfunctions"] = configured
        os.environ["MOTO_PORT"] = port or ""


def there_may_be_some() -> bool:
    """False as long as nobody can have made a state machine."""
    return _INTERPRETER in sys.modules


class Executions:
    """The executions as a part whose state is kept: moto has them all, but none goes on after a restart."""

    def state(self) -> None:
        """moto's own state is all there is."""

    def restore(self, _: None) -> None:
        if not there_may_be_some():
            return
        from moto.stepfunctions.parser.models import stepfunctions_parser_backends

        for _, _, backend in stepfunctions_parser_backends.iter_backends():
            for machine in backend.state_machines:
                for execution in machine.executions:
                    _break_off(execution)


def _break_off(execution: Any) -> None:
    from moto.stepfunctions.parser.api import ExecutionStatus

    if execution.exec_status == ExecutionStatus.RUNNING:
        execution.exec_status, execution.stop_date = ExecutionStatus.ABORTED, datetime.now(UTC)
        execution.cause = "The local AWS was stopped during this execution."
