"""The formats of a report, and what a renderer is.

Owns the registry. A renderer is imported when its format is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from fitness.scorecard import Scorecard

FORMATS: Mapping[str, str] = {
    "text": "workbench.reports.text",
    "json": "workbench.reports.json_file",
}


@dataclass(frozen=True)
class Page:
    """What a report is written on, as far as a format cares."""

    width: int = 80
    colour: bool = False


def render(card: Scorecard, format_: str, page: Page) -> str:
    """The report as text that ends with a line break."""
    return cast(str, import_module(FORMATS[format_]).render(card, page))
