"""The forms in which AWS writes moments."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from workbench.local_aws.timestamps import in_milliseconds, in_seconds, with_offset

MOMENT = datetime(2026, 11, 23, 6, 20, 1, 50_999, timezone(timedelta(hours=1)))


def test_moments_are_in_utc_whatever_their_zone() -> None:
    assert in_seconds(MOMENT) == "2026-11-23T05:20:01Z"
    assert in_milliseconds(MOMENT) == "2026-11-23T05:20:01.050Z"
    assert with_offset(MOMENT) == "2026-11-23T05:20:01.050+0000"
