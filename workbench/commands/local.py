"""`fitness local`: AWS on this laptop, for as long as the command runs or, with a data folder, longer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

_SECONDS = click.FloatRange(0)
_DATA = click.Path(path_type=Path, file_okay=False)


@click.group(short_help="AWS on this laptop.")
def command() -> None:
    """AWS on this laptop: ordinary clients use it unchanged, no account is needed."""


@command.command(short_help="Start it, and stop it with Ctrl-C.", context_settings={"show_default": True})
@click.option(
    "--port", type=click.IntRange(0, 65535), default=4566, help="Where it listens on 127.0.0.1; 0 takes a free port."
)
@click.option("--region", default="eu-west-1", help="The region of clients that name none.")
@click.option("--delay", "recording_delay", type=_SECONDS, default=2.0, help="Seconds until Config judges a change.")
@click.option(
    "--minute", type=_SECONDS, default=1.0, help="Seconds that a minute of deployments, retries and limits takes."
)
@click.option(
    "--hour", type=_SECONDS, default=3600.0, help="Seconds that an hour of schedules and wait conditions takes."
)
@click.option(
    "--hook-timeout", type=_SECONDS, default=3600.0, help="Seconds that a hook or a custom resource may take to answer."
)
@click.option("--data", type=_DATA, help="Keep all state in this folder, over restarts. Must be trusted, see above.")
@click.option("--log-requests", is_flag=True, help="Write a line for every request, and a trace of what failed.")
def up(**options: Any) -> None:
    """Start AWS on this laptop and say what to type in the terminal that uses it.

    With --data DIR, everything is still there after a stop and a start: it is saved some seconds after each change
    and at the end. What was under way then has failed, and can be tried again. Name only a folder whose content you
    trust: reading a saved state runs what it says, as a program does. Another version does not read it.
    """
    from workbench import local

    local.run(local.Options(**options))


@command.command(short_help="Empty it, running or saved.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Empty the AWS that runs here. Default: that of AWS_ENDPOINT_URL, or 4566.",
)
@click.option("--data", type=_DATA, help="Empty the AWS that keeps its state in this folder, whether it runs or not.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(port: int | None, data: Path | None, *, yes: bool) -> None:
    """Delete all resources of the AWS on this laptop, at once and for good.

    A running one goes on, empty. Over HTTP, it is emptied by a POST to /moto-api/reset.
    """
    from workbench import local_reset

    if port and data:
        raise click.UsageError("Name --port or --data, not both.")
    target = local_reset.saved(data) if data else local_reset.running(port)
    if not yes:
        _confirm(f"This deletes everything in {target.name}. Go on?")
    target.clear()
    click.echo(f"Emptied {target.name}.")


def _confirm(question: str) -> None:
    import sys

    try:
        click.confirm(question, abort=True, err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise click.UsageError("Nothing is deleted: confirm, or give --yes.") from None
