"""What holds for every command: quick help, a version, and errors that are sentences."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workbench.cli import COMMANDS, run

HEAVY = ("boto3", "botocore", "jinja2", "moto", "rich", "samtranslator", "yaml")


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    listed = capsys.readouterr().out.partition("Commands:")[2].split("\n  ")
    assert [line.split()[0] for line in listed[1:]] == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"Usage: fitness {command}" in capsys.readouterr().out


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys; from workbench.cli import run; run(['--help']); print(set({HEAVY!r}) & set(sys.modules))"
    out = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert out.splitlines()[-1] == "set()"


def test_an_unknown_command_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scor"]) == 2
    assert "No such command 'scor'" in capsys.readouterr().err
