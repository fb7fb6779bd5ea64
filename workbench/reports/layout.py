"""What the text report is made of: headline, sections, entries with a mark in the margin, bars.

Owns everything that touches rich. Names are always passed as plain text, so no markup in them has a meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from fitness.model import Outcome
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from workbench.reports.formats import Page

FAINT = "bright_black"
_BADGES = {
    Outcome.PASS: "bold black on green",
    Outcome.WARN: "bold black on yellow",
    Outcome.FAIL: "bold white on red",
    Outcome.INCONCLUSIVE: "bold white on magenta",
}
OUTCOMES: Mapping[str, str] = {
    Outcome.PASS: "green",
    Outcome.WARN: "yellow",
    Outcome.FAIL: "red",
    Outcome.INCONCLUSIVE: "magenta",
}
_STYLES = {"faint": FAINT}


def printed(parts: Iterable[RenderableType], page: Page) -> str:
    """The parts as text, with escape sequences for colour only if the page has colour."""
    console = Console(
        file=StringIO(),
        width=page.width,
        force_terminal=page.colour,
        color_system="standard" if page.colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def headline(outcome: Outcome, sentence: str) -> RenderableType:
    """The verdict and its worst reason."""
    grid = _grid()
    grid.add_row(Text(f" {outcome} ", style=_BADGES[outcome]), Text(sentence, style="bold"))
    return grid


def title(name: str, text: str) -> RenderableType:
    """The name of what is told, and its own words for it."""
    return Text.assemble((name, "bold"), f": {text}" if text else "")


def section(heading: str, body: Sequence[RenderableType]) -> Iterator[RenderableType]:
    """An empty line, the heading, the body; nothing at all without a body."""
    if body:
        yield Text()
        if heading:
            yield Text(heading, style="bold")
        yield from body


def entry(mark: str, text: str, width: int = 1, style: str = "", link: str | None = None) -> RenderableType:
    """Text beside a mark; its further lines are indented as the first. Without a mark the style is the text's.

    A terminal that can opens the link.
    """
    grid = _grid()
    style = _STYLES.get(style, style)
    shown = Style.parse("" if mark else style) + Style(link=link)
    grid.add_row(Text(mark.rjust(width), style=style), Text(text, style=shown))
    return Padding(grid, (0, 0, 0, 2))


def columns(rows: Iterable[Sequence[Text]]) -> RenderableType:
    """Rows of cells; only the last cell of a row may take several lines."""
    every = list(rows)
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in every[0][1:] if every else ():
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for row in every:
        grid.add_row(*row)
    return Padding(grid, (0, 0, 0, 2))


def faint(text: str) -> RenderableType:
    return Text(text, style=FAINT)


def _grid() -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid
