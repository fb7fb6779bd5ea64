"""`fitness local`: AWS on this laptop, for as long as the command runs."""

from __future__ import annotations

from typing import Any

import click

_SECONDS = click.FloatRange(0)


@click.group(short_help="AWS on this laptop.")
def command() -> None:
    """AWS on this laptop: ordinary clients use it unchanged, no account is needed."""


@command.command(short_help="Start it, and stop it with Ctrl-C.", context_settings={"show_default": True})
@click.option(
    "--port", type=click.IntRange(0, 65535), default=4566, help="Where it listens on 127.0.0.1; 0 takes a free port."
)
@click.option("--region", default="eu-west-1", help="The region of clients that name none.")
@click.option("--delay", "recording_delay", type=_SECONDS, default=2.0, help="Seconds until Config judges a change.")
@click.option("--minute", type=_SECONDS, default=1.0, help="Seconds that a minute of traffic shifting takes.")
@click.option("--hour", type=_SECONDS, default=3600.0, help="Seconds that an hour of schedules takes.")
@click.option("--log-requests", is_flag=True, help="Write a line for every request.")
def up(**options: Any) -> None:
    """Start AWS on this laptop and say what to type in the terminal that uses it."""
    from workbench import local

    local.run(local.Options(**options))
