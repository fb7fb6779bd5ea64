"""Handing a report over: to a file, a pipe or a terminal, and the exit code that tells scripts the verdict."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from workbench import files
from workbench.exits import BY_OUTCOME, Exit
from workbench.invocation import invocation
from workbench.reports.formats import NO_NOTES, Notes, Page, render

if TYPE_CHECKING:
    from fitness.scorecard import Scorecard

    from workbench.commands.options import Destination

WIDEST = 100


def deliver(card: Scorecard, destination: Destination, notes: Notes = NO_NOTES) -> Exit:
    """Writes the report; the verdict decides the exit code even when nobody reads the report to its end."""
    notes = replace(notes, command=invocation())
    if destination.output:
        files.write(destination.output, render(card, destination.format, Page(notes=notes)))
        click.echo(f"{card.verdict.outcome}: {card.verdict.sentence} (report in {destination.output})", err=True)
    else:
        write_out(render(card, destination.format, replace(page_of_stdout(), notes=notes)))
    return BY_OUTCOME[card.verdict.outcome]


def page_of_stdout() -> Page:
    """80 columns without colour, unless standard output is a terminal."""
    if not sys.stdout.isatty():
        return Page()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Page(width=min(shutil.get_terminal_size().columns, WIDEST), colour=not plain)


def write_out(text: str) -> None:
    """Writes to standard output, whether or not somebody reads to the end."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        forget_stdout()


def forget_stdout() -> None:
    """The reader has gone away: what is still buffered goes nowhere, without a complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
