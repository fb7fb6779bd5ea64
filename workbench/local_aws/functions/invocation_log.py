"""The log of one invocation while it runs: what the function prints reaches CloudWatch Logs within a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

_FLUSH_SECONDS = 1.0

Line = tuple[int, str]
"""A line and when it was written, in milliseconds since 1970."""


class InvocationLog:
    """Takes what is printed in pieces, writes it in lines. A short invocation is written once, at its end."""

    def __init__(self, write: Callable[[list[Line]], None], start: str, clock: Callable[[], float] = time.time) -> None:
        self._write = write
        self._clock = clock
        self._flushed_at = clock()
        self._partial = b""
        self._waiting: list[Line] = []
        self._all: list[str] = []
        self._add([start])

    def hear(self, printed: bytes) -> None:
        """Takes the next piece; an empty one is a chance to write what waits."""
        *complete, self._partial = (self._partial + printed).split(b"\n")
        self._add(line.decode("utf-8", "replace") for line in complete if line)
        if self._clock() - self._flushed_at >= _FLUSH_SECONDS:
            self._flush()

    def end(self, lines: Iterable[str]) -> str:
        """Adds the last lines, writes all that waits, and returns the whole log."""
        self._add([self._partial.decode("utf-8", "replace")] if self._partial else [])
        self._add(lines)
        self._flush()
        return "\n".join(self._all) + "\n"

    def _add(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._waiting.append((int(self._clock() * 1000), line))
            self._all.append(line)

    def _flush(self) -> None:
        self._flushed_at = self._clock()
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self._write(waiting)
