"""The state of all parts at one moment, pickled.

Owns what happens when that does not work: what changes meanwhile is tried again, and a service of moto that holds what
cannot be pickled is left out, rather than all be lost for it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.local_aws.persistence import pickling
from workbench.local_aws.persistence.part import Part

_TRIES = 5
_PAUSE_SECONDS = 0.01


@dataclass(frozen=True)
class Snapshot:
    """`left_out` tells why by name."""

    state: bytes
    left_out: Mapping[str, str]


def snapshot(parts: Mapping[str, Part]) -> Snapshot:
    """Raises RuntimeError when the parts never cease to change."""
    for _ in range(_TRIES - 1):
        try:
            return _snapshot(parts)
        except RuntimeError:
            time.sleep(_PAUSE_SECONDS)
    return _snapshot(parts)


def _snapshot(parts: Mapping[str, Part]) -> Snapshot:
    states = {name: part.state() for name, part in parts.items()}
    try:
        return Snapshot(pickling.dumps(states), {})
    except RuntimeError:
        raise
    except Exception:
        problems = {name: problem for name, state in states["moto"].items() if (problem := _problem(state))}
        if not problems:
            raise
        kept = {name: state for name, state in states["moto"].items() if name not in problems}
        return Snapshot(pickling.dumps({**states, "moto": kept}), problems)


def _problem(state: Any) -> str:
    try:
        pickling.dumps(state)
    except RuntimeError:
        raise
    except Exception as error:  # noqa: BLE001 - the objects of others may raise anything
        return f"{type(error).__name__}: {error}"
    return ""
