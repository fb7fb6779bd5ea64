"""`fitness score`: the scorecard of a stack that is live, or of one that was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbench.account import Account
from workbench.commands import options
from workbench.files import WritablePath

if TYPE_CHECKING:
    from fitness.baseline import Baseline
    from fitness.snapshot import Snapshot


@click.command(short_help="Score a stack, or a recorded snapshot, and decide.")
@click.argument("stack", required=False)
@click.option("--snapshot", metavar="FILE", help="Score this recorded snapshot; needs no AWS.")
@options.terms
@options.report
@click.option("--save", type=WritablePath(), metavar="FILE", help="Keep the snapshot, to score it again later.")
@options.account
def command(
    *,
    stack: str | None,
    snapshot: str | None,
    terms: options.Terms,
    destination: options.Destination,
    save: str | None,
    account: Account,
) -> int:
    """Score STACK as Config sees it now, say what holds it back, and decide.

    Exits with 0 for PASS and WARN, 1 for FAIL, 2 for a mistake in the command, the catalogue or a file,
    3 for INCONCLUSIVE, 4 for an error of AWS.
    """
    from fitness import scorecard

    from workbench import live
    from workbench.delivery import deliver
    from workbench.reports.formats import NO_NOTES, Notes

    facts, own = _facts(stack, snapshot, terms, account)
    with_history = stack and destination.format == "html"
    notes = Notes(history=live.history(account, facts)) if with_history else NO_NOTES
    if save:
        _save(facts, save)
    return deliver(scorecard.make(terms.catalogue, facts, terms.baseline or own), destination, notes)


def _facts(
    stack: str | None, snapshot: str | None, terms: options.Terms, account: Account
) -> tuple[Snapshot, Baseline | None]:
    """What is to be scored, with the baseline that the stack itself has."""
    from workbench import live

    if stack and not snapshot:
        return live.read(account, terms.catalogue, stack, with_baseline=terms.baseline is None)
    if snapshot and not stack:
        return _recorded(snapshot), None
    raise click.UsageError("Name a stack, or a file with --snapshot: one of the two.")


def _recorded(path: str) -> Snapshot:
    from fitness import snapshot

    from workbench import files

    return snapshot.from_json(files.read(path), path)


def _save(facts: Snapshot, path: str) -> None:
    import json

    from fitness import snapshot

    from workbench import files

    files.write(path, json.dumps(snapshot.to_json(facts), indent=2) + "\n")
