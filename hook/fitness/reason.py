"""Why a verdict is what it is: a code for programs, one plain sentence for people.

Owns `Reason` and the way figures are written in sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor


@dataclass(frozen=True)
class Reason:
    """One reason; `rule` and `resource` are None where it is about the stack as a whole."""

    code: str
    message: str
    rule: str | None = None
    resource: str | None = None


def figure(value: Fraction | None, *, signed: bool = False) -> str:
    """A figure for a sentence: one decimal where it has any, `n/a` for None; 59.97 is 59.9, seen to be under 60."""
    if value is None:
        return "n/a"
    tenths = floor(value * 10) / 10
    return (f"{tenths:+.1f}" if signed else f"{tenths:.1f}").removesuffix(".0")


def limit(value: Fraction) -> str:
    """A limit of the catalogue for a sentence, as it is written there."""
    return f"{float(value):g}"


def plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
