"""How good a status of AWS is, in four tones; each has a sign too, for whoever does not see its colour. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Tone(StrEnum):
    """What a reader has to think of a status."""

    GOOD = "good"
    BAD = "bad"
    BUSY = "busy"
    NONE = "none"


SIGNS: Mapping[Tone, str] = {Tone.GOOD: "✓", Tone.BAD: "✗", Tone.BUSY: "…", Tone.NONE: "·"}

_COMPLIANCES = {"COMPLIANT": Tone.GOOD, "NON_COMPLIANT": Tone.BAD}
_DEPLOYMENTS = {"Succeeded": Tone.GOOD, "Failed": Tone.BAD, "Stopped": Tone.BAD, "Recorded": Tone.NONE}


def of_compliance(compliance: str) -> Tone:
    return _COMPLIANCES.get(compliance, Tone.NONE)


def of_deployment(status: str) -> Tone:
    """Of a deployment's status, and of what a run answered."""
    return _DEPLOYMENTS.get(status, Tone.BUSY)


def of_stack(status: str) -> Tone:
    """Of the status of a stack or of a resource in it."""
    if status.endswith("IN_PROGRESS"):
        return Tone.BUSY
    if "FAILED" in status or "ROLLBACK" in status:
        return Tone.BAD
    return Tone.NONE if status.startswith("DELETE") else Tone.GOOD
