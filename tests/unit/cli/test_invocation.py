"""The command that a report names as its origin."""

from __future__ import annotations

import click
import pytest

from workbench.invocation import invocation


@click.command("preview")
@click.argument("template", default="template.yaml")
@click.option("--parameter", "parameters", multiple=True)
@click.option("-o", "--output")
@click.option("--region", default="eu-west-1")
def preview(**_: object) -> None:
    click.echo(invocation())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param([], "preview", id="nothing is told that was not typed"),
        pytest.param(["app.yaml", "-o", "a b.html"], "preview app.yaml --output 'a b.html'", id="ready to paste"),
        pytest.param(["--parameter", "Password=s3=cret"], "preview --parameter Password=...", id="no secret"),
    ],
)
def test_the_command(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    preview.main(arguments, prog_name="preview", standalone_mode=False)
    assert capsys.readouterr().out == f"{told}\n"


def test_outside_of_a_command_there_is_none() -> None:
    assert invocation() == ""
