"""Runs every measure, takes the median, prints a table."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from rich.console import Console
from rich.table import Table

from workbench.bench import world
from workbench.bench.measures import Action, Measure, measures

_REPEATS = 3


def main() -> None:
    """Prints the table; a ratio under 1 means that we are faster than the yardstick."""
    table = Table(title=f"{world.RESOURCES} resources x {world.RULES} rules, median of {_REPEATS}")
    for heading in ("What", "ms", "Yardstick", "ms ", "Ratio"):
        table.add_column(heading, justify="left" if heading in ("What", "Yardstick") else "right")
    for measure in measures():
        table.add_row(*_row(measure))
    Console().print(table)


def _row(measure: Measure) -> tuple[str, ...]:
    ours, theirs = _milliseconds(measure.action), _milliseconds(measure.reference) * measure.times
    return measure.name, f"{ours:,.1f}", measure.yardstick, f"{theirs:,.1f}", f"{ours / theirs:.3g}"


def _milliseconds(action: Action) -> float:
    return median(_once(action) for _ in range(_REPEATS)) * 1000


def _once(action: Action) -> float:
    begun = perf_counter()
    action()
    return perf_counter() - begun


if __name__ == "__main__":
    main()
