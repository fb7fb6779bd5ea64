"""Runs one event in a function version: takes a process, waits for its answer, says how it ended, writes the log."""

from __future__ import annotations

import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any
from zipfile import BadZipFile

from workbench.local_aws.functions import outcome
from workbench.local_aws.functions.code import extract
from workbench.local_aws.functions.environment import RuntimeMissingError, Surroundings, command, environment
from workbench.local_aws.functions.invocation_log import InvocationLog, Line
from workbench.local_aws.functions.log_lines import Report, end_lines, start_line
from workbench.local_aws.functions.outcome import Outcome
from workbench.local_aws.functions.pool import Pool
from workbench.local_aws.functions.sandbox import End, Exchange, Sandbox
from workbench.local_aws.functions.version import FunctionVersion
from workbench.local_aws.timestamps import in_milliseconds

_INIT_SECONDS = 10
_LARGEST_RESPONSE = 6_291_556

WriteLog = Callable[[str, str, str, list[Line]], None]
"""Region, log group, log stream, lines."""


class ThrottledError(Exception):
    """All of the function's reserved concurrency is in use."""


@dataclass(frozen=True)
class Event:
    """What a function is invoked with; `payload` is JSON."""

    payload: bytes
    invoked_arn: str
    request_id: str
    client_context: Mapping[str, Any] | None = None


class Runner:
    """Runs events. `write_log` may be slow or fail; it never changes an outcome."""

    def __init__(self, endpoint: str, write_log: WriteLog) -> None:
        self._endpoint = endpoint
        self._write_log = write_log
        self._folder = tempfile.TemporaryDirectory(prefix="local-aws-functions-")
        self._pool = Pool(self._start)
        self._lock = Lock()
        self._running: Counter[str] = Counter()

    def run(self, version: FunctionVersion, event: Event) -> Outcome:
        """Raises `ThrottledError`; everything else that can go wrong is an outcome."""
        with self._concurrency(version):
            try:
                sandbox = self._pool.take(version)
            except (RuntimeMissingError, BadZipFile) as error:
                payload = outcome.error_payload("Runtime.Unsupported", str(error))
                return Outcome(payload, failed=True, log=str(error), request_id=event.request_id)
            return self._ask(sandbox, version, event)

    def close(self) -> None:
        self._pool.close()
        self._folder.cleanup()

    @contextmanager
    def _concurrency(self, version: FunctionVersion) -> Iterator[None]:
        name = version.function_arn
        with self._lock:
            if version.reserved_concurrency is not None and self._running[name] >= version.reserved_concurrency:
                raise ThrottledError(name)
            self._running[name] += 1
        try:
            yield
        finally:
            with self._lock:
                self._running[name] -= 1

    def _start(self, version: FunctionVersion) -> Sandbox:
        started = command(version)
        code, home = Path(self._folder.name) / "code", Path(self._folder.name) / "home"
        home.mkdir(exist_ok=True)
        task_root = extract(version.code, code)
        layers = tuple(extract(layer, code) for layer in version.layers)
        stream = f"{time.strftime('%Y/%m/%d', time.gmtime())}/[{version.version}]{uuid.uuid4().hex}"
        around = Surroundings(self._endpoint, task_root, layers, home, stream)
        return Sandbox(started, environment(version, around), task_root, stream)

    def _ask(self, sandbox: Sandbox, version: FunctionVersion, event: Event) -> Outcome:
        write = partial(self._write_log, version.region, version.log_group, sandbox.log_stream)
        log = InvocationLog(write, start_line(version, event.request_id))
        with self._ended_if_left(sandbox):
            init = _initialise(sandbox, version, log)
            began = time.monotonic()
            exchange = init.failure or _exchange(sandbox, version, event, log)
            seconds = time.monotonic() - began
            payload = _payload(exchange, sandbox, version, event.request_id)
        if exchange.end is End.ANSWERED and init.failure is None and not exchange.answer.get("ends"):
            self._pool.give_back(version, sandbox)
        else:
            self._pool.discard(sandbox)
        report = Report(event.request_id, seconds, init.seconds, int(exchange.answer.get("maxMemoryMb", 0)))
        written = log.end(end_lines(version, report, _last_words(exchange, sandbox, version, event.request_id)))
        failed = exchange.end is not End.ANSWERED or bool(exchange.answer["failed"]) or _is_too_large(exchange)
        return Outcome(payload, failed, written, event.request_id)

    @contextmanager
    def _ended_if_left(self, sandbox: Sandbox) -> Iterator[None]:
        """A thread that goes because the local AWS stops must not leave a process behind."""
        try:
            yield
        except BaseException:
            self._pool.discard(sandbox)
            raise


@dataclass(frozen=True)
class _Init:
    """How a process came up; `failure` is the end of the whole invocation if it did not."""

    seconds: float | None = None
    failure: Exchange | None = None


def _initialise(sandbox: Sandbox, version: FunctionVersion, log: InvocationLog) -> _Init:
    if not sandbox.is_new:
        return _Init()
    began = time.monotonic()
    exchange = sandbox.receive(_INIT_SECONDS + version.timeout, log.hear)
    sandbox.is_new = False
    return _Init(time.monotonic() - began, None if "ready" in exchange.answer else exchange)


def _exchange(sandbox: Sandbox, version: FunctionVersion, event: Event, log: InvocationLog) -> Exchange:
    sandbox.send(
        {
            "event": event.payload.decode(),
            "requestId": event.request_id,
            "invokedFunctionArn": event.invoked_arn,
            "clientContext": event.client_context,
            "deadline": time.time() + version.timeout,
        }
    )
    exchange = sandbox.receive(version.timeout, log.hear, version.memory_size)
    # What is allocated and given back within a moment shows only in the peak.
    exceeded = exchange.end is End.ANSWERED and int(exchange.answer["maxMemoryMb"]) > version.memory_size
    return Exchange(End.OUT_OF_MEMORY, {}) if exceeded else exchange


def _payload(exchange: Exchange, sandbox: Sandbox, version: FunctionVersion, request_id: str) -> bytes:
    if exchange.end is End.TIMED_OUT:
        return outcome.timed_out(request_id, version.timeout)
    if exchange.end is End.OUT_OF_MEMORY:
        return outcome.exited(request_id, -9)
    if exchange.end is End.EXITED:
        return outcome.exited(request_id, sandbox.exit_code())
    payload = str(exchange.answer["payload"]).encode()
    return outcome.too_large(len(payload)) if _is_too_large(exchange) else payload


def _is_too_large(exchange: Exchange) -> bool:
    return len(str(exchange.answer["payload"]).encode()) > _LARGEST_RESPONSE


def _last_words(exchange: Exchange, sandbox: Sandbox, version: FunctionVersion, request_id: str) -> str | None:
    """What Lambda itself writes when a function does not answer."""
    if exchange.end is End.TIMED_OUT:
        return f"{in_milliseconds(datetime.now(UTC))} {request_id} Task timed out after {version.timeout:.2f} seconds"
    if exchange.end is End.OUT_OF_MEMORY:
        return f"{outcome.exit_message(request_id, -9)}\tRuntime.OutOfMemory"
    if exchange.end is End.EXITED:
        return f"{outcome.exit_message(request_id, sandbox.exit_code())}\tRuntime.ExitError"
    return None
