"""The figures of the text report: the fitness with its interval, and a bar for each category.

A bar has three parts: what is surely held, what is unknown, what is surely lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from fitness.rule import Category
from fitness.score import PERCENT, Figures
from fitness.scorecard import Scorecard
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from workbench.reports import findings
from workbench.reports.formats import Page
from workbench.reports.layout import FAINT
from workbench.reports.wording import clean, number, signed

_HELD, _UNKNOWN, _LOST = "█", "▒", "░"
_LONGEST, _SHORTEST, _BESIDE_A_BAR = 32, 6, 44


def figures(card: Scorecard, page: Page) -> Iterator[RenderableType]:
    """The fitness, its change and the categories."""
    yield Text()
    yield _fitness(card)
    yield Text()
    yield _categories(card, min(_LONGEST, max(_SHORTEST, page.width - _BESIDE_A_BAR)))


def _fitness(card: Scorecard) -> RenderableType:
    total, change = card.figures, card.judgement.change
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    grid.add_row("Fitness", Text(number(total.fitness), style="bold"), Text(_certainty(total)))
    if change and change.like_for_like is not None:
        style = "red" if change.like_for_like < 0 else "green" if change.like_for_like > 0 else ""
        grid.add_row("Change", Text(signed(change.like_for_like), style=style), "since the baseline, like for like")
    if card.judgement.score.fitness_without_waivers != total.fitness:
        grid.add_row("", number(card.judgement.score.fitness_without_waivers), "without the waivers")
    return grid


def _certainty(total: Figures) -> str:
    if total.coverage is None:
        return "no rule that counts applies to any resource"
    if total.coverage == PERCENT:
        return "everything that counts was judged"
    judged = f"{number(total.coverage)} % of the weight could be judged"
    return f"between {number(total.low)} and {number(total.high)}: {judged}"


def _categories(card: Scorecard, length: int) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, max_width=18, overflow="ellipsis")
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    for category, figures_ in findings.categories(card):
        style = _style(figures_, category)
        note = Text(_note(figures_, category), style=FAINT)
        grid.add_row(Text(clean(category.title)), _bar(figures_, length, style), number(figures_.fitness), note)
    return Padding(grid, (0, 0, 0, 2))


def _style(figures_: Figures, category: Category) -> str:
    if figures_.fitness is None:
        return FAINT
    return "red" if category.minimum is not None and figures_.fitness < category.minimum else "green"


def _bar(figures_: Figures, length: int, style: str) -> Text:
    if figures_.low is None or figures_.high is None:
        return Text()
    held, reach = (round(length * value / PERCENT) for value in (figures_.low, figures_.high))
    bar = Text(_HELD * held, style=style)
    return bar.append(_UNKNOWN * (reach - held), style="magenta").append(_LOST * (length - reach), style=FAINT)


def _note(figures_: Figures, category: Category) -> str:
    notes = []
    if figures_.low != figures_.high:
        notes.append(f"{number(figures_.low)} to {number(figures_.high)}")
    if category.minimum is not None:
        notes.append(f"min {number(category.minimum)}")
    return ", ".join(notes)
