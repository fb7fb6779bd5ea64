"""The processes that are waiting for the next event, so that only the first invocation of a version is slow.

A process serves one event at a time; a second event at the same moment gets another process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from workbench.local_aws.functions.sandbox import Sandbox
from workbench.local_aws.functions.version import FunctionVersion

_MOST_IDLE = 12


class Pool:
    """Hands out processes, takes them back, ends them all on `close`."""

    def __init__(self, start: Callable[[FunctionVersion], Sandbox]) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._idle: list[tuple[FunctionVersion, Sandbox]] = []
        self._busy: set[Sandbox] = set()
        self._closed = False

    def take(self, version: FunctionVersion) -> Sandbox:
        """A process for one event; give it back, or discard it. Raises RuntimeError once the pool is closed."""
        sandbox = self._take_idle(version) or self._start(version)
        with self._lock:
            self._busy.add(sandbox)
            closed = self._closed
        if closed:
            self.discard(sandbox)
            raise RuntimeError("The local AWS is stopping; no function is started any more.")
        return sandbox

    def _take_idle(self, version: FunctionVersion) -> Sandbox | None:
        with self._lock:
            for index in range(len(self._idle) - 1, -1, -1):
                known, sandbox = self._idle[index]
                if known == version:
                    del self._idle[index]
                    return sandbox
        return None

    def give_back(self, version: FunctionVersion, sandbox: Sandbox) -> None:
        surplus = None
        with self._lock:
            self._busy.discard(sandbox)
            self._idle.append((version, sandbox))
            if len(self._idle) > _MOST_IDLE or self._closed:
                surplus = self._idle.pop(0)[1]
        if surplus:
            surplus.kill()

    def discard(self, sandbox: Sandbox) -> None:
        with self._lock:
            self._busy.discard(sandbox)
        sandbox.kill()

    def close(self) -> None:
        """Ends every process, busy or not; nothing runs from now on."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = list(self._busy)
        for _, sandbox in idle:
            sandbox.kill()
        for sandbox in busy:
            sandbox.interrupt()
