"""Moments as AWS writes them into JSON. Which form stands where is AWS's choice, place by place."""

from __future__ import annotations

from datetime import UTC, datetime


def in_seconds(at: datetime) -> str:
    """`2026-11-23T05:20:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_milliseconds(at: datetime) -> str:
    """`2026-11-23T05:20:00.000Z`."""
    return _iso(at).replace("+00:00", "Z")


def with_offset(at: datetime) -> str:
    """`2026-11-23T05:20:00.000+0000`."""
    return _iso(at).replace("+00:00", "+0000")


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
