"""Objects of S3 that are replaced while another request still reads them.

moto closes the content of an object the moment that another takes its place; two clients that write one key at once
would fail. Here the content outlives its object by a while.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any

_GRACE_SECONDS = 10.0


class Leaving:
    """Objects that were replaced, each closed by `close` once its time is over and another one leaves."""

    def __init__(self, close: Callable[[Any], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._close = close
        self._clock = clock
        self._replaced: deque[tuple[float, Any]] = deque()

    def add(self, replaced: Any) -> None:
        now = self._clock()
        self._replaced.append((now, replaced))
        while self._replaced[0][0] < now - _GRACE_SECONDS:
            self._close(self._replaced.popleft()[1])


def disposing_later(dispose: Callable[..., None]) -> Callable[..., None]:
    """moto's `dispose` of an object, put off while somebody may still read it."""
    leaving = Leaving(dispose)

    def dispose_later(key: Any, garbage: bool = False) -> None:  # noqa: FBT001, FBT002 - moto's signature
        if garbage:
            dispose(key)
        else:
            leaving.add(key)

    return dispose_later
