"""Time as CloudFormation stamps it."""

from __future__ import annotations

from workbench.local_aws.cloudformation.clock import Clock


def test_no_time_is_told_twice() -> None:
    clock = Clock()
    times = [clock() for _ in range(50)]
    assert times == sorted(set(times))


def test_times_are_whole_milliseconds_in_utc() -> None:
    now = Clock()()
    assert now.microsecond % 1000 == 0
    assert str(now.tzinfo) == "UTC"
