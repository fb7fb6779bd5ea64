"""How a method of moto's classes comes to be replaced by a corrected one, once for the life of the process."""

from __future__ import annotations

from typing import Any

_replaced: set[tuple[str, str]] = set()


def replace_once(owner: Any, name: str, correction: Any) -> None:
    """A correction that calls what it replaces must not come to call itself."""
    if (owner.__name__, name) not in _replaced:
        _replaced.add((owner.__name__, name))
        setattr(owner, name, correction)
