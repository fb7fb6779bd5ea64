"""The local AWS in the foreground: start, say what to type, stay until Ctrl-C or SIGTERM, stop cleanly.

Owns the signals. While it runs, they interrupt nothing: whatever is being done when one comes is done to its end.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import FrameType

import click

from workbench.isolation import forget_accounts
from workbench.local_aws.server import LocalAws, Options
from workbench.problems import UserError

__all__ = ["Options", "end_like_ctrl_c", "exports", "run", "stay_up"]

_STOPS = (signal.SIGINT, signal.SIGTERM)


def run(options: Options) -> None:
    """Serves until it is told to stop.

    Raises:
        UserError: the port is taken, or the data folder cannot be used.
        OSError: the state could not be saved at the end.
    """
    forget_accounts()
    _must_be_free(options.port)
    with _signals() as told_to_stop, traces(options.log_requests), LocalAws(options) as aws:
        click.echo(_greeting(aws))
        told_to_stop()
    click.echo("\nStopped.", err=True)


def stay_up(aws: LocalAws) -> None:
    """Says what to type, and returns on Ctrl-C."""
    click.echo(_greeting(aws))
    with _signals() as told_to_stop:
        told_to_stop()
    click.echo("\nStopped.", err=True)


@contextmanager
def _signals() -> Iterator[Callable[[], object]]:
    """A wait for Ctrl-C or SIGTERM. Inside, neither interrupts anything, however often it comes."""
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    # The interpreter itself writes to the pipe: a handler might not run while this thread waits.
    woken_before = signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    before = {number: signal.signal(number, _go_on) for number in _STOPS}
    try:
        yield lambda: os.read(told, 1)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken_before)
        os.close(told)
        os.close(tell)


def _go_on(_signal: int, _frame: FrameType | None) -> None:
    """Interrupts nothing."""


def end_like_ctrl_c() -> None:
    """Lets SIGTERM end the command as Ctrl-C does, so that nothing it started is left behind."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def traces(wanted: bool) -> Iterator[None]:  # noqa: FBT001 - an option of the command
    """While it lasts, whatever a request stumbles over is written to stderr with its traceback, if that is wanted."""
    logger, handler = logging.getLogger("workbench.local_aws.front.endpoint"), logging.StreamHandler()
    before = logger.level
    if wanted:
        logger.setLevel(logging.DEBUG)
        logger.addHandler(handler)
    try:
        yield
    finally:
        logger.setLevel(before)
        logger.removeHandler(handler)


def _must_be_free(port: int) -> None:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            cure = "name another with --port, or 0 for any"
            raise UserError(f"Port {port} cannot be used ({error.strerror}): {cure}.") from None


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

Config beside the metric, live: {aws.url}/_console
The addresses of your outputs answer: curl --insecure --connect-to ::{aws.url.removeprefix("http://")} <address>

Ctrl-C stops it."""
