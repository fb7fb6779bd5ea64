"""`fitness init`: a first rules.yaml for an application that exists, and what to add to its template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.commands import options
from workbench.commands.preview import deployment
from workbench.files import WritablePath
from workbench.problems import UserError

if TYPE_CHECKING:
    from workbench.preview import Request


@click.command(short_help="A first rules.yaml for a template, and what to add to it.")
@click.argument("template", default="template.yaml")
@deployment
@click.option(
    "--output", type=WritablePath(), metavar="FILE", help="The catalogue; rules.yaml beside the template if not given."
)
@click.option("--code", is_flag=True, help="Also copy hook/ and config-rules/, which the template will deploy.")
@click.option("--force", is_flag=True, help="Overwrite what exists.")
def command(*, template: str, deployment: dict[str, Any], output: str | None, code: bool, force: bool) -> None:
    """Write a commented rules.yaml for TEMPLATE: the rules of its resource types, and whether each holds today.

    What to add to the template (hook, gate, recorder, nested Config rules) goes to standard output, as YAML.
    """
    from workbench.preview import Request

    catalogue = Path(output) if output else Path(template).parent / options.RULES
    _must_not_exist([catalogue, *(_code_of(template) if code else ())], force=force)
    added = _snippet(template)
    _write(catalogue, _draft(Request(template, **deployment)))
    if code:
        _copy(template, catalogue)
    click.echo(added, nl=False)


def _must_not_exist(paths: list[Path], *, force: bool) -> None:
    found = [str(path) for path in paths if path.exists()]
    if found and not force:
        raise UserError(f"{', '.join(found)}: there already; overwrite with --force, or name another with --output.")


def _code_of(template: str) -> list[Path]:
    from workbench.init import code

    return list(code.existing(Path(template).parent))


def _snippet(template: str) -> str:
    from workbench import files
    from workbench.init.snippet import snippet
    from workbench.templates import load

    return snippet(load(files.read(template), template), template)


def _draft(request: Request) -> str:
    from datetime import UTC, datetime

    from workbench.init.first import first_catalogue

    return first_catalogue(request, datetime.now(UTC))


def _write(path: Path, text: str) -> None:
    from fitness import catalogue

    from workbench import files, generated

    files.write(str(path), text)
    click.echo(f"{path}: written, {generated.summary(catalogue.load(text))}.", err=True)


def _copy(template: str, rules: Path) -> None:
    from fitness import catalogue

    from workbench import generated
    from workbench.init import code

    folder = Path(template).parent
    code.copy(Path(template), rules)
    generated.write(catalogue.load(rules.read_text(encoding="utf-8")), str(folder / options.RULES))
    click.echo(f"{folder / 'hook'}, {folder / 'config-rules'}: copied.", err=True)
