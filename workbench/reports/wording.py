"""How figures, names and times are written in every report.

Names, annotations and error texts come from AWS accounts and are not to be trusted: `clean` makes them harmless to a
terminal. Formats that have a syntax of their own escape on top of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from fractions import Fraction
from math import floor

# Cc: control characters (escape sequences). Cf: format characters, which can reverse the text around them.
_HARMFUL = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_ELLIPSIS = "…"


def clean(text: str) -> str:
    """The text on one line, without characters that steer a terminal or reverse what is read."""
    flat = " ".join(text.split())
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _HARMFUL else c for c in flat)


def number(value: Fraction | float | None) -> str:
    """One decimal, cut as in the sentences of a verdict, so that 99.97 is not 100; `n/a` where nothing is known."""
    if value is None:
        return "n/a"
    # A float counts as it is written: 87.1 would otherwise be a little less, and cut to 87.0.
    return f"{floor(Fraction(str(value)) * 10) / 10:.1f}"


def signed(value: Fraction) -> str:
    return f"{float(value):+.1f}"


def shorten(path: str, width: int) -> str:
    """A long name cut in the middle: its beginning says where it is, its end what it is."""
    if len(path) <= width:
        return path
    tail = (width - 1) * 2 // 3
    return path[: width - 1 - tail] + _ELLIPSIS + path[-tail:]


def moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def listing(words: Iterable[str], shown: int = 4) -> str:
    """`a, b, c, d and 3 more`."""
    every = list(words)
    more = f" and {len(every) - shown} more" if len(every) > shown else ""
    return ", ".join(every[:shown]) + more
