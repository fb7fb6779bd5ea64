"""The exit codes of the `fitness` command, which scripts and CI rely on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from fitness.model import Outcome


class Exit(IntEnum):
    """What a run of the command ends with."""

    SUCCESS = 0
    FAIL = 1
    USAGE = 2
    INCONCLUSIVE = 3
    AWS = 4
    INTERRUPTED = 130


BY_OUTCOME: Mapping[Outcome, Exit] = {
    Outcome.PASS: Exit.SUCCESS,
    Outcome.WARN: Exit.SUCCESS,
    Outcome.FAIL: Exit.FAIL,
    Outcome.INCONCLUSIVE: Exit.INCONCLUSIVE,
}
