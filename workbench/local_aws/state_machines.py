"""State machines that really run: moto's interpreter of the Amazon States Language, whose tasks call this AWS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from moto.core.config import default_user_config
from moto.stepfunctions.parser.asl.utils import boto_client


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
