"""State machines that really run: moto's interpreter of the Amazon States Language, whose tasks call this AWS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from moto.core.config import default_user_config
from moto.stepfunctions.parser.api import ExecutionStatus
from moto.stepfunctions.parser.asl.utils import boto_client
from moto.stepfunctions.parser.models import stepfunctions_parser_backends


@contextmanager
def running_state_machines(endpoint: str) -> Iterator[None]:
    """While it lasts, executions run, and their tasks find their AWS at `endpoint`."""
    configured, original = default_user_config["stepfunctions"], boto_client.moto_server_port
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    boto_client.moto_server_port = lambda: str(urlsplit(endpoint).port)
    try:
        yield
    finally:
        default_user_config["stepfunctions"], boto_client.moto_server_port = configured, original


class Executions:
    """The executions as a part whose state is kept: moto has them all, but none goes on after a restart."""

    def state(self) -> None:
        """moto's own state is all there is."""

    def restore(self, _: None) -> None:
        for _, _, backend in stepfunctions_parser_backends.iter_backends():
            for machine in backend.state_machines:
                for execution in machine.executions:
                    _break_off(execution)


def _break_off(execution: Any) -> None:
    if execution.exec_status == ExecutionStatus.RUNNING:
        execution.exec_status, execution.stop_date = ExecutionStatus.ABORTED, datetime.now(UTC)
        execution.cause = "The local AWS was stopped during this execution."
