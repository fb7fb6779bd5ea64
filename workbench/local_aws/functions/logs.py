"""Writes the log of functions to CloudWatch Logs, making groups and streams that are missing, as Lambda does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from workbench.local_aws.functions.invocation_log import Line

Clients = Callable[[str, str], Any]


class LogWriter:
    """Puts lines into a log stream. A log that cannot be written is lost; the invocation never fails for it."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._known: set[tuple[str, str, str]] = set()
        self._lock = threading.Lock()
        self._creating = threading.Lock()

    def __call__(self, region: str, group: str, stream: str, lines: list[Line]) -> None:
        try:
            self._put(region, group, stream, lines)
        except (BotoCoreError, ClientError):
            return

    def _put(self, region: str, group: str, stream: str, lines: list[Line]) -> None:
        client = self._clients("logs", region)
        events = [{"timestamp": at, "message": f"{line}\n"} for at, line in lines]
        with self._lock:
            is_known = (region, group, stream) in self._known
        if not is_known:
            self._create(client, group, stream)
        try:
            client.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)
        except client.exceptions.ResourceNotFoundException:
            self._create(client, group, stream)
            client.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)
        with self._lock:
            self._known.add((region, group, stream))

    def _create(self, client: Any, group: str, stream: str) -> None:
        """One at a time: two processes of a new function begin at once."""
        exists = client.exceptions.ResourceAlreadyExistsException
        with self._creating, suppress(exists):
            try:
                client.create_log_stream(logGroupName=group, logStreamName=stream)
            except client.exceptions.ResourceNotFoundException:
                with suppress(exists):
                    client.create_log_group(logGroupName=group)
                client.create_log_stream(logGroupName=group, logStreamName=stream)
