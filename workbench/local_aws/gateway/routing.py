"""Which route a path takes: `/items/{id}`, `/files/{proxy+}`. Pure.

Owns what goes first: a fixed segment before a variable one, a variable one before a greedy one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_FIXED, _VARIABLE, _GREEDY = range(3)


def captured(pattern: str, path: str) -> Mapping[str, str] | None:
    """The path's parameters by name, None when the pattern does not match."""
    wanted, given = _segments(pattern), _segments(path)
    found: dict[str, str] = {}
    for position, segment in enumerate(wanted):
        if _kind(segment) == _GREEDY:
            rest = "/".join(given[position:])
            return found | {segment[1:-2]: rest} if rest else None
        if position >= len(given):
            return None
        if _kind(segment) == _VARIABLE:
            found[segment[1:-1]] = given[position]
        elif segment != given[position]:
            return None
    return found if len(wanted) == len(given) else None


def best(patterns: Iterable[str], path: str) -> str | None:
    """The pattern that the path takes."""
    matching = [pattern for pattern in patterns if captured(pattern, path) is not None]
    return min(matching, key=lambda pattern: [_kind(segment) for segment in _segments(pattern)], default=None)


def _segments(path: str) -> list[str]:
    stripped = path.strip("/")
    return stripped.split("/") if stripped else []


def _kind(segment: str) -> int:
    if not (segment.startswith("{") and segment.endswith("}")):
        return _FIXED
    return _GREEDY if segment.endswith("+}") else _VARIABLE
