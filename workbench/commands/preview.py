"""`fitness preview`: what Config would say once a template is deployed."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.commands import options

if TYPE_CHECKING:
    from fitness.catalogue import Catalogue


def deployment(function: options.Command) -> options.Command:
    """How the template would be deployed; the command gets `deployment`, arguments of a `preview.Request`."""

    @click.option(
        "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="A template parameter (repeatable)."
    )
    @click.option("--stack-name", metavar="NAME", help="The name of the stack, if not that of samconfig.toml.")
    @click.option("--region", metavar="REGION", help="The AWS region, if not that of samconfig.toml.")
    @wraps(function)
    def with_deployment(*, parameters: tuple[str, ...], stack_name: str | None, region: str | None, **rest: Any) -> Any:
        found = {"parameters": _values(parameters), "stack_name": stack_name, "region": region}
        return function(deployment=found, **rest)

    return with_deployment


@click.command(short_help="What Config would say once a template is deployed.")
@click.argument("template", default="template.yaml")
@deployment
@click.option("--against", metavar="FILE_OR_REVISION", help="Compare with another template, or with a git revision.")
@click.option("--only-rule", "only", multiple=True, metavar="ID", help="Judge by this rule alone (repeatable).")
@options.rules
@options.report
def command(
    *,
    template: str,
    deployment: dict[str, Any],
    against: str | None,
    only: tuple[str, ...],
    rules: str,
    destination: options.Destination,
) -> int:
    """Judge TEMPLATE offline, as Config would judge the stack, and decide as the gate would.

    SAM and CloudFormation templates are read exactly: parameters, conditions, intrinsic functions, nested templates.
    """
    from datetime import UTC, datetime

    from workbench import preview
    from workbench.delivery import deliver
    from workbench.preview.report import to_json, unresolved_sentences
    from workbench.reports.formats import Notes

    request = preview.Request(template, against=against, rules=only, **deployment)
    found = preview.run(request, _catalogue(rules, only), datetime.now(UTC))
    for sentence in unresolved_sentences(found):
        click.echo(sentence, err=True)
    return deliver(found.card, destination, Notes(found.places, additions=to_json(found), deployed=False))


def _catalogue(path: str, only: tuple[str, ...]) -> Catalogue:
    """The catalogue of the file; an empty one where a managed rule is tried before there is a file."""
    from fitness import catalogue

    if only and path == options.RULES and not Path(path).exists():
        return catalogue.load("{version: 1, categories: {}, rules: {}}")
    return options.load_rules(path)


def _values(parameters: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals or not name:
            raise click.UsageError(f"'{parameter}' is not NAME=VALUE.")
        values[name] = value
    return values
