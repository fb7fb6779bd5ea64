"""The formats of a report, and what a renderer is.

Owns the registry. A renderer is imported when its format is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from fitness.scorecard import Scorecard

    from workbench.record import Run

FORMATS: Mapping[str, str] = {
    "text": "workbench.reports.text",
    "json": "workbench.reports.json_file",
    "html": "workbench.reports.html",
    "markdown": "workbench.reports.markdown",
    "sarif": "workbench.reports.sarif",
    "junit": "workbench.reports.junit",
}


class Place(Protocol):
    """A position in a file; lines and columns count from one."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(frozen=True)
class Notes:
    """What is known besides the scorecard.

    Attributes:
        places: where in a template the pair (rule id, logical path) is decided.
        additions: what the JSON report holds besides the scorecard.
        deployed: whether the stack exists in an account, with pages in its console.
        history: the recorded runs, oldest first.
        command: what to type for this report.
    """

    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    additions: Mapping[str, Any] = field(default_factory=dict)
    deployed: bool = True
    history: Sequence[Run] = ()
    command: str = ""


NO_NOTES = Notes()


@dataclass(frozen=True)
class Page:
    """What a report is written on, as far as a format cares: columns, colours, and what is known besides."""

    width: int = 80
    colour: bool = False
    notes: Notes = NO_NOTES


def render(card: Scorecard, format_: str, page: Page) -> str:
    """The report as text that ends with a line break."""
    return cast(str, import_module(FORMATS[format_]).render(card, page))
