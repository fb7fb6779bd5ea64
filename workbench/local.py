"""Running the local AWS in the foreground: start, say what to type, stop on Ctrl-C or SIGTERM."""

from __future__ import annotations

import errno
import signal
import threading

import click

from workbench.local_aws.server import LocalAws, Options
from workbench.problems import UserError

__all__ = ["Options", "exports", "run"]


def run(options: Options) -> None:
    """Serves until it is told to stop.

    Raises:
        UserError: the port is taken.
    """
    stop = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda _signal, _frame: stop.set())
    try:
        with LocalAws(options) as aws:
            click.echo(_greeting(aws))
            stop.wait()
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise UserError(f"Port {options.port} is taken: name another with --port, or 0 for any.") from None
    click.echo("\nStopped.", err=True)


def exports(aws: LocalAws) -> dict[str, str]:
    """The environment in which ordinary AWS clients use it."""
    return {
        "AWS_ENDPOINT_URL": aws.url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": aws.options.region,
        "AWS_REGION": aws.options.region,
    }


def _greeting(aws: LocalAws) -> str:
    settings = "\n".join(f"export {name}={value}" for name, value in exports(aws).items())
    return f"""\
AWS is up at {aws.url}. In another terminal:

{settings}
sam build && sam deploy
fitness score config-fitness

Ctrl-C stops it."""
