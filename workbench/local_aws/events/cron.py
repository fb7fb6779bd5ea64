"""Cron expressions in AWS's form: minutes, hours, day of month, month, day of week, year. Pure.

AWS has the letters of Quartz (`?`, `L`, `W`, `#`), counts days of the week from Sunday = 1, and wants a question mark
in exactly one of the two fields of days.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}
_WEEKDAYS = {name: number for number, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), 1)}
_YEARS = (1970, 2199)

Days = Callable[[int, int], frozenset[int]]
"""The days of a year's month that a field means."""


@dataclass(frozen=True)
class Cron:
    """When a cron expression is due."""

    minutes: frozenset[int]
    hours: frozenset[int]
    months: frozenset[int]
    years: frozenset[int]
    days: Days

    def after(self, moment: datetime) -> datetime | None:
        """The next minute after this moment; None when there is none."""
        earliest = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
        return next((each for each in self._from(earliest) if each >= earliest), None)

    def _from(self, start: datetime) -> Iterator[datetime]:
        times = [
            time(hour, minute, tzinfo=start.tzinfo) for hour in sorted(self.hours) for minute in sorted(self.minutes)
        ]
        for day in self._dates_from(start.date()):
            yield from (datetime.combine(day, each) for each in times)

    def _dates_from(self, start: date) -> Iterator[date]:
        for year in sorted(each for each in self.years if each >= start.year):
            for month in sorted(self.months):
                if (year, month) >= (start.year, start.month):
                    dates = (date(year, month, day) for day in sorted(self.days(year, month)))
                    yield from (each for each in dates if each >= start)


def parse(fields: str) -> Cron:
    """What stands between `cron(` and `)`. Raises ValueError."""
    minutes, hours, days, months, weekdays, years = fields.upper().split()
    if (days == "?") == (weekdays == "?"):
        raise ValueError("one of the day of the month and the day of the week has to be ?")
    return Cron(
        _numbers(minutes, 0, 59),
        _numbers(hours, 0, 23),
        _numbers(months, 1, 12, _MONTHS),
        _numbers(years, *_YEARS),
        _days_of_week(weekdays) if days == "?" else _days_of_month(days),
    )


def _numbers(field: str, least: int, most: int, names: Mapping[str, int] | None = None) -> frozenset[int]:
    """The values of a field: `*`, `5`, `1-5`, `0/15`, `MON-FRI`, and lists of these."""
    parts = [_part(part, least, most, names or {}) for part in field.split(",")]
    return frozenset().union(*parts)


def _part(part: str, least: int, most: int, names: Mapping[str, int]) -> range:
    span, _, step = part.partition("/")
    first, _, last = span.partition("-")
    start = least if first == "*" else _number(first, names)
    end = _number(last, names) if last else most if first == "*" or step else start
    width = int(step) if step else 1
    if not least <= start <= end <= most or width < 1 or part.endswith(("/", "-")):
        raise ValueError(f"{part} is not between {least} and {most}")
    return range(start, end + 1, width)


def _number(text: str, names: Mapping[str, int]) -> int:
    if text in names:
        return names[text]
    if not text.isdecimal():
        raise ValueError(f"{text} is no number")
    return int(text)


def _days_of_month(field: str) -> Days:
    if field == "L":
        return lambda year, month: frozenset({_length(year, month)})
    if field == "LW":
        return lambda year, month: frozenset({_nearest_weekday(year, month, _length(year, month))})
    if field.endswith("W"):
        (day,) = _numbers(field[:-1], 1, 31)
        return lambda year, month: _existing(year, month, frozenset({_nearest_weekday(year, month, day)}))
    days = _numbers(field, 1, 31)
    return lambda year, month: _existing(year, month, days)


def _days_of_week(field: str) -> Days:
    if field == "L":
        return _days_of_week("SAT")
    if "#" in field:
        weekday, _, place = field.partition("#")
        (number,) = _numbers(place, 1, 5)
        return _chosen(weekday, lambda days: days[number - 1 : number])
    if field.endswith("L"):
        return _chosen(field[:-1], lambda days: days[-1:])
    weekdays = _numbers(field, 1, 7, _WEEKDAYS)
    return lambda year, month: frozenset().union(*(_all(year, month, weekday) for weekday in weekdays))


def _chosen(weekday: str, choose: Callable[[list[int]], list[int]]) -> Days:
    """Some of a month's days that are such a day of the week."""
    (number,) = _numbers(weekday, 1, 7, _WEEKDAYS)
    return lambda year, month: frozenset(choose(_all(year, month, number)))


def _all(year: int, month: int, weekday: int) -> list[int]:
    wanted = (weekday - 2) % 7  # Python's weeks begin with Monday = 0
    return [day for day in range(1, _length(year, month) + 1) if date(year, month, day).weekday() == wanted]


def _existing(year: int, month: int, days: frozenset[int]) -> frozenset[int]:
    return frozenset(day for day in days if day <= _length(year, month))


def _nearest_weekday(year: int, month: int, day: int) -> int:
    """The working day that is nearest, in the same month; a day that the month does not have remains."""
    last = _length(year, month)
    weekday = date(year, month, day).weekday() if day <= last else 0
    if weekday == 5:
        return day - 1 if day > 1 else day + 2
    if weekday == 6:
        return day + 1 if day < last else day - 2
    return day


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
