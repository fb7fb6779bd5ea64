"""What authorizers decided, for as long as their time to live; each identity is asked about once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any


class Decisions:
    """A cache whose entries end at a time of their own. Safe across threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[Hashable, tuple[float, Any]] = {}

    def decided(self, key: Hashable, seconds: float, decide: Callable[[], Any]) -> Any:
        """The decision that is kept under the key, or a new one that is kept for so long; zero keeps nothing."""
        with self._lock:
            self._kept = {each: entry for each, entry in self._kept.items() if entry[0] > self._clock()}
            found = self._kept.get(key)
        if found:
            return found[1]
        decision = decide()
        if seconds > 0:
            with self._lock:
                self._kept[key] = (self._clock() + seconds, decision)
        return decision
