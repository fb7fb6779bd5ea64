"""One process of one function version: started, asked, killed. It answers one event at a time.

Owns the pipes. All that the process prints before its answer is handed over before the answer, so a log never loses
a line.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

_WAKE_SECONDS = 0.2


class End(Enum):
    """How a wait for an answer ended."""

    ANSWERED = "answered"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    EXITED = "exited"


@dataclass(frozen=True)
class Exchange:
    """How the wait ended, and the answer if there was one."""

    end: End
    answer: Mapping[str, Any]


class Sandbox:
    """A running process. `log_stream` is where its output belongs."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path, log_stream: str) -> None:
        self.log_stream = log_stream
        self.is_new = True
        requests_in, self._requests = os.pipe()
        self._answers, answers_out = os.pipe()
        self._process = subprocess.Popen(  # noqa: S603 - running the user's function is the purpose
            [*command, str(requests_in), str(answers_out)],
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(requests_in, answers_out),
            start_new_session=True,
        )
        os.close(requests_in)
        os.close(answers_out)
        assert self._process.stdout is not None  # noqa: S101 - for the type checker: it was asked for above
        self._output = self._process.stdout
        os.set_blocking(self._output.fileno(), False)

    def send(self, request: Mapping[str, Any]) -> None:
        """A process that is gone shows when the answer is awaited."""
        data = (json.dumps(request) + "\n").encode()
        with contextlib.suppress(BrokenPipeError):
            while data:
                data = data[os.write(self._requests, data) :]

    def receive(self, timeout: float, heard: Callable[[bytes], None], memory_mb: int | None = None) -> Exchange:
        """Waits for one answer. `heard` is given what the process prints, as it comes, and nothing now and then."""
        deadline = time.monotonic() + timeout
        answer = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(self._answers, selectors.EVENT_READ)
            selector.register(self._output, selectors.EVENT_READ)
            end = None
            while end is None and (remaining := deadline - time.monotonic()) > 0:
                ready = {key.fd for key, _ in selector.select(min(remaining, _WAKE_SECONDS))}
                end = self._read_answer(answer) if self._answers in ready else self._over_limit(memory_mb)
                if self._output.fileno() in ready and not self._pass_on(heard):
                    selector.unregister(self._output)
                heard(b"")
        self._pass_on(heard)
        end = end or End.TIMED_OUT
        return Exchange(end, json.loads(answer) if end is End.ANSWERED else {})

    def _read_answer(self, answer: bytearray) -> End | None:
        chunk = os.read(self._answers, 1 << 16)
        answer += chunk
        if not chunk:
            return End.EXITED
        return End.ANSWERED if answer.endswith(b"\n") else None

    def _over_limit(self, memory_mb: int | None) -> End | None:
        return End.OUT_OF_MEMORY if memory_mb is not None and self._resident_mb() > memory_mb else None

    def _pass_on(self, heard: Callable[[bytes], None]) -> bool:
        """Hands over all that is printed so far; False when the process has closed its output."""
        with contextlib.suppress(BlockingIOError):
            while chunk := os.read(self._output.fileno(), 1 << 16):
                heard(chunk)
            return False
        return True

    def _resident_mb(self) -> int:
        """Zero where the kernel does not tell."""
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        except OSError:
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE") >> 20

    def exit_code(self) -> int:
        """Ends the process if it has not ended."""
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.wait()

    def interrupt(self) -> None:
        """Ends the process from another thread; the one that waits for its answer sees it exit."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def kill(self) -> None:
        """Ends the process and everything that it started. May be called twice."""
        if self._process.returncode is None:
            self.interrupt()
            self._process.wait()
        if not self._output.closed:
            self._output.close()
            os.close(self._requests)
            os.close(self._answers)
