"""`fitness check`: is the catalogue valid, and everything generated from it fresh."""

from __future__ import annotations

import click

from workbench.commands import options
from workbench.exits import Exit


@click.command(short_help="Is rules.yaml valid, and everything rendered from it fresh?")
@options.rules
def command(*, rules: str) -> int:
    """Check the catalogue, and that what is generated from it is up to date.

    Exits with 0 when both hold, 1 when something must be rendered again, 2 when the catalogue is invalid.
    """
    from workbench import generated
    from workbench.delivery import write_out

    catalogue = options.load_rules(rules)
    write_out(f"{rules}: valid, {generated.summary(catalogue)}.\n")
    stale = generated.stale(catalogue, rules)
    if stale is None:
        write_out(f"{generated.FOLDER}/ is not beside it: nothing is rendered from it here.\n")
        return Exit.SUCCESS
    for path in stale:
        click.echo(f"{path}: not what {rules} says; run `fitness render`.", err=True)
    return Exit.FAIL if stale else Exit.SUCCESS
