"""Waiting for what comes to be so by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

_PATIENCE = 120.0
_PAUSE = 0.05


def eventually(look: Callable[[], Any], seconds: float = _PATIENCE, *, is_so: Callable[[Any], object] = bool) -> Any:
    """What `look` finds once it is so, or the last that it found."""
    deadline = time.monotonic() + seconds
    while not is_so(found := look()) and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    return found
