"""What a part of the local AWS offers so that its state survives a restart."""

from __future__ import annotations

from typing import Any, Protocol


class Part(Protocol):
    """A service of our own. All parts are pickled together, so that what they share stays shared."""

    def state(self) -> Any:
        """What is to be kept: values that do not lead to clients, threads or other parts."""

    def restore(self, state: Any) -> None:
        """Takes back what `state` once returned, before the first request; what was under way has been broken off."""
