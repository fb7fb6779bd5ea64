"""What goes on beside the requests, each in a thread of its own, at the longest until the local AWS stops."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any


def start(name: str, act: Callable[..., Any], *arguments: Any) -> threading.Thread:
    """Acts in a thread of this name."""
    thread = threading.Thread(target=_act, args=(act, arguments), name=name, daemon=True)
    thread.start()
    return thread


def _act(act: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    # Clients of a local AWS that stops end the thread that asks them.
    with suppress(SystemExit):
        act(*arguments)
