"""The `fitness` command: finds the subcommand, and turns every error into one sentence and an exit code.

Owns the list of commands and the one error boundary. A command's module is imported only when it is asked for or
listed, and imports nothing heavy at its top, so that `fitness --help` answers at once.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import click
from fitness import __version__

from workbench.exits import Exit

COMMANDS = ("score", "preview", "check", "render", "explain", "init", "baseline", "history", "local", "demo")


class _Commands(click.Group):
    """Imports `workbench.commands.<name>` when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"workbench.commands.{cmd_name}").command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="fitness")
def fitness() -> None:
    """An architectural fitness function for serverless stacks, scored from AWS Config."""


def main() -> None:
    """Runs the command of `sys.argv` and exits."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a sign of ours shows another one; that is no reason to fail.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs the command and says how it ended; an error is written to stderr as one sentence."""
    try:
        return int(fitness.main(arguments, prog_name="fitness", standalone_mode=False) or Exit.SUCCESS)
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except SystemExit:
        # Thus click ends when nobody reads on; what decides by its exit code writes with `delivery.write_out`.
        return Exit.SUCCESS
    except Exception as error:
        if os.environ.get("FITNESS_DEBUG"):
            raise
        return _explain(error)


def _explain(error: Exception) -> int:
    from workbench.problems import problem

    found = problem(error)
    click.echo(f"Error: {found.sentence}", err=True)
    return found.exit_code


if __name__ == "__main__":
    main()
