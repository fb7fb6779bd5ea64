"""`fitness render`: writes what is generated from the catalogue."""

from __future__ import annotations

import click

from workbench.commands import options
from workbench.exits import Exit
from workbench.problems import UserError


@click.command(short_help="Write what is generated from rules.yaml.")
@options.rules
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if something would change.")
def command(*, rules: str, check: bool) -> int:
    """Render the nested stack of Config rules, and whatever else is generated, from the catalogue."""
    from workbench import generated
    from workbench.delivery import write_out

    catalogue = options.load_rules(rules)
    changed = generated.stale(catalogue, rules)
    if changed is None:
        raise UserError(f"{rules}: there is no folder {generated.FOLDER} with a template beside it to render into.")
    if not check:
        generated.write(catalogue, rules)
    for path in changed:
        write_out(f"{path}: {'not fresh; run `fitness render`' if check else 'written'}\n")
    if not changed:
        write_out("Everything is fresh.\n")
    return Exit.FAIL if check and changed else Exit.SUCCESS
