"""What the gate demands of a change, and what it is told to overlook for a while.

Owns `Gate` and `Waiver`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from fractions import Fraction


class GateEnforcement(StrEnum):
    """Whether a FAIL may stop a deployment."""

    ENFORCE = "enforce"
    REPORT = "report"


class Mode(StrEnum):
    """What the gate asks of a change."""

    NO_REGRESSION = "no_regression"
    IMPROVE = "improve"
    THRESHOLD = "threshold"


class OnInconclusive(StrEnum):
    """What CodeDeploy hears when the verdict is INCONCLUSIVE."""

    FAIL = "fail"
    PASS = "pass"  # noqa: S105 - a verdict, not a password


@dataclass(frozen=True)
class Gate:
    """What the gate demands of a change; figures in per cent or points, times in seconds."""

    enforcement: GateEnforcement = GateEnforcement.ENFORCE
    mode: Mode = Mode.NO_REGRESSION
    minimum: Fraction = Fraction(60)
    target: Fraction = Fraction(90)
    minimum_improvement: Fraction = Fraction(1, 10)
    allowed_regressions: Mapping[str, int] = field(default_factory=dict)
    coverage_minimum: Fraction = Fraction(90)
    on_inconclusive: OnInconclusive = OnInconclusive.FAIL
    wait: int = 600
    settle: int = 30


@dataclass(frozen=True)
class Waiver:
    """Pairs that are out of the score until the end of `expires` (UTC)."""

    rule: str
    resources: tuple[str, ...]
    reason: str
    owner: str | None
    expires: date

    def covers(self, rule: str, resource: str) -> bool:
        return rule == self.rule and any(fnmatchcase(resource, pattern) for pattern in self.resources)
