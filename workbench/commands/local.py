"""`fitness local`: AWS on this laptop, for as long as the command runs."""

from __future__ import annotations

import click


@click.group(short_help="AWS on this laptop.")
def command() -> None:
    """AWS on this laptop: ordinary clients use it unchanged, no account is needed."""


@command.command(short_help="Start it, and stop it with Ctrl-C.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=4566,
    show_default=True,
    help="Where it listens on 127.0.0.1; 0 takes a free port.",
)
@click.option("--region", default="eu-west-1", show_default=True, help="The region of clients that name none.")
@click.option(
    "--delay",
    type=click.FloatRange(0),
    default=2.0,
    show_default=True,
    help="Seconds until Config has judged a change.",
)
@click.option(
    "--minute",
    type=click.FloatRange(0),
    default=1.0,
    show_default=True,
    help="Seconds that a minute of traffic shifting takes.",
)
@click.option("--log-requests", is_flag=True, help="Write a line for every request.")
def up(*, port: int, region: str, delay: float, minute: float, log_requests: bool) -> None:
    """Start AWS on this laptop and say what to type in the terminal that uses it."""
    from workbench import local

    local.run(local.Options(port=port, region=region, recording_delay=delay, minute=minute, log_requests=log_requests))
