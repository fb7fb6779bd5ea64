"""`fitness history`: how the fitness of a stack went."""

from __future__ import annotations

import click

from workbench.account import Account
from workbench.commands import options


@click.command(short_help="How the fitness went: the recorded runs.")
@click.argument("stack")
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="How many runs.")
@options.account
def command(*, stack: str, last: int, account: Account) -> None:
    """Show the recorded runs of STACK, the newest last."""
    from workbench import delivery, record
    from workbench.reports.layout import printed

    aws = account.connect()
    past = record.runs(record.records_of(aws, aws.stack(stack)), last)
    if not past:
        click.echo(f"Nothing is recorded of {stack} yet; every release and `fitness baseline accept` record a run.")
        return
    delivery.write_out(printed(record.told_history(stack, past), delivery.page_of_stdout()))
