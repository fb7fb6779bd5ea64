"""Schedule expressions as AWS reads them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from workbench.local_aws.events.expressions import of_rule, of_schedule

SUNDAY = datetime(2026, 11, 22, 10, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "due"),
    [
        ("rate(5 minutes)", "2026-11-22 10:12"),
        ("rate(1 day)", "2026-11-23 10:07"),
        ("cron(* * * * ? *)", "2026-11-22 10:08"),
        ("cron(0 12 * * ? *)", "2026-11-22 12:00"),
        ("cron(0 9 * * ? *)", "2026-11-23 09:00"),
        ("cron(15,45 * * * ? *)", "2026-11-22 10:15"),
        ("cron(1/10 * * * ? *)", "2026-11-22 10:11"),
        ("cron(0 18 ? * MON-FRI *)", "2026-11-23 18:00"),
        ("cron(0 8 ? * 1 *)", "2026-11-29 08:00"),
        ("cron(0 8 1 * ? *)", "2026-12-01 08:00"),
        ("cron(0 8 L * ? *)", "2026-11-30 08:00"),
        ("cron(0 8 LW 1 ? *)", "2027-01-29 08:00"),
        ("cron(0 8 22W * ? *)", "2026-11-23 08:00"),
        ("cron(0 8 1W 8 ? 2027)", "2027-08-02 08:00"),
        ("cron(0 8 ? * 3#2 *)", "2026-12-08 08:00"),
        ("cron(0 8 ? * 6L *)", "2026-11-27 08:00"),
        ("cron(0 8 ? * L *)", "2026-11-28 08:00"),
        ("cron(0 0 31 * ? *)", "2026-12-31 00:00"),
        ("cron(0 0 29 FEB ? *)", "2028-02-29 00:00"),
        ("cron(0 0 1 JAN ? 2030-2040/5)", "2030-01-01 00:00"),
    ],
)
def test_the_next_time_of_an_expression(expression: str, due: str) -> None:
    following = of_rule(expression).after(SUNDAY)
    assert f"{following:%Y-%m-%d %H:%M}" == due


@pytest.mark.parametrize("expression", ["cron(0 0 30 2 ? *)", "cron(0 0 1 1 ? 1999)"])
def test_what_never_comes_has_no_next_time(expression: str) -> None:
    assert of_rule(expression).after(SUNDAY) is None


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "rate(0 minutes)",
        "rate(1 minutes)",
        "rate(5 minute)",
        "rate(1 week)",
        "rate(5minutes)",
        "cron(0 12 * * *)",
        "cron(0 12 * * * *)",
        "cron(0 12 ? * ? *)",
        "cron(60 12 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 12 32 * ? *)",
        "cron(0 12 * 13 ? *)",
        "cron(0 12 ? * 0 *)",
        "cron(0 12 ? * MO *)",
        "cron(0 12 ? * 3#1,6#3 *)",
        "cron(0 12 ? * 3#6 *)",
        "cron(0 12 5-1 * ? *)",
        "cron(0/0 12 * * ? *)",
        "cron(0/ 12 * * ? *)",
        "cron(-5 12 * * ? *)",
        "cron(0 12 * * ? 1969)",
        "at(2026-11-22T10:00:00)",
    ],
)
def test_what_aws_does_not_take_is_refused(expression: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - nobody sees the message
        of_rule(expression)


def test_scheduler_counts_hours_in_the_zone_of_the_schedule() -> None:
    noon = of_schedule("cron(0 12 * * ? *)", ZoneInfo("America/New_York"))
    assert noon.after(SUNDAY) == datetime(2026, 11, 22, 17, tzinfo=UTC)


def test_scheduler_fires_once_at_a_time() -> None:
    once = of_schedule("at(2026-11-22T12:00:00)", ZoneInfo("Europe/Berlin"))
    at = datetime(2026, 11, 22, 11, tzinfo=UTC)
    assert once.after(SUNDAY) == at
    assert once.after(at) is None
