"""`fitness explain`: what a rule checks, when it runs, what it weighs, and how to comply."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.commands import options

if TYPE_CHECKING:
    from fitness.catalogue import Catalogue


@click.command(short_help="What a rule checks, what it weighs, how to comply.")
@click.argument("rule", required=False)
@click.option("--list", "list_", is_flag=True, help="The ids of all rules with an offline check, one a line.")
@click.option("--rules", metavar="FILE", help="The catalogue; rules.yaml if there is one.")
def command(*, rule: str | None, list_: bool, rules: str | None) -> None:
    """Explain RULE, of the catalogue or a managed Config rule, by its id or its identifier."""
    from workbench import delivery, explanation
    from workbench.reports.layout import printed

    if (rule is None) != list_:
        raise click.UsageError("Name a rule, or ask for the --list: one of the two.")
    if rule is None:
        click.echo("\n".join(explanation.ids()))
        return
    parts = explanation.explain(rule, _catalogue(rules))
    delivery.write_out(printed(parts, delivery.page_of_stdout()))


def _catalogue(path: str | None) -> Catalogue | None:
    if path is None and not Path(options.RULES).exists():
        return None
    return options.load_rules(path or options.RULES)
