"""`fitness baseline`: the accepted state that later changes are compared with."""

from __future__ import annotations

import json

import click

from workbench.account import Account
from workbench.commands import options


@click.group(short_help="Show, accept or pin the state that changes are compared with.")
def command() -> None:
    """The accepted state of a stack, which the gate compares every change with."""


@command.command(short_help="What was accepted, and when.")
@click.argument("stack")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.account
def show(*, stack: str, format_: str, account: Account) -> None:
    """Show the baseline of STACK; as json it is a scorecard that `fitness score --baseline` takes."""
    from workbench import delivery, record
    from workbench.problems import UserError
    from workbench.reports.layout import printed

    aws = account.connect()
    document = record.baseline_document(record.records_of(aws, aws.stack(stack)))
    if document is None:
        raise UserError(f"{stack} has no baseline yet; `fitness baseline accept {stack}` makes what is live the first.")
    text = json.dumps(document, indent=2) + "\n" if format_ == "json" else None
    delivery.write_out(text or printed(record.told_baseline(stack, document), delivery.page_of_stdout()))


@command.command(short_help="Make what is live the baseline.")
@click.argument("stack")
@options.rules
@options.account
def accept(*, stack: str, rules: str, account: Account) -> None:
    """Score STACK as it is, and compare later changes with that, whatever the verdict is."""
    from fitness import scorecard

    from workbench import live, record

    catalogue, aws = options.load_rules(rules), account.connect()
    records = record.records_of(aws, aws.stack(stack))
    snapshot, before = live.read(account, catalogue, stack, with_baseline=True)
    card = scorecard.make(catalogue, snapshot, before)
    run = records.add_run(card, "accepted-by-hand", "Accepted")
    records.accept(scorecard.to_json(card), run, force=True)
    click.echo(f"Accepted: {card.verdict.outcome}: {card.verdict.sentence}")


@command.command(short_help="Keep the baseline as it is.")
@click.argument("stack")
@options.account
def pin(*, stack: str, account: Account) -> None:
    """Keep the baseline of STACK as it is, whatever is released, until it is unpinned."""
    _pin(stack, account, pinned=True)


@command.command(short_help="Let the baseline move again.")
@click.argument("stack")
@options.account
def unpin(*, stack: str, account: Account) -> None:
    """Let the baseline of STACK move with every release again."""
    _pin(stack, account, pinned=False)


def _pin(stack: str, account: Account, *, pinned: bool) -> None:
    from workbench import record

    aws = account.connect()
    record.records_of(aws, aws.stack(stack)).pin(pinned=pinned)
    click.echo(f"The baseline of {stack} {'is pinned' if pinned else 'moves with every release'}.")
