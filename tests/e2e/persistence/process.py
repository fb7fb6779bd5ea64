"""`fitness local up` in a process of its own, as a user has it in a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3

_COMMAND = [sys.executable, "-m", "workbench.cli", "local"]
_SETTINGS = ("--port", "0", "--delay", "0.2", "--minute", "0.1")


class Running:
    """The command, up; `said` is what it wrote to stderr, once it has ended."""

    def __init__(self, folder: Path, **environment: str) -> None:
        command = [*_COMMAND, "up", *_SETTINGS, "--data", str(folder)]
        self._process = subprocess.Popen(  # noqa: S603 - the product's own command
            command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.url = self._address()
        self.said = ""

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def port(self) -> str:
        return self.url.rpartition(":")[2]

    @cached_property
    def _session(self) -> boto3.Session:
        return boto3.Session("test", "test", region_name="eu-west-1")

    def client(self, service: str) -> Any:
        create: Any = self._session.client
        return create(service, endpoint_url=self.url)

    def stop(self, *signals: signal.Signals) -> int:
        """Its exit code. Harmless when it has ended."""
        if self._process.poll() is None:
            for each in signals or (signal.SIGTERM,):
                self._process.send_signal(each)
            self.said = self._process.communicate(timeout=60)[1]
        return self._process.returncode

    def _address(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line.startswith("AWS is up at "), line + self._process.communicate()[1]
        return line.split()[4].rstrip(".")


def runs(process: int) -> bool:
    """Whether there is a process of this id."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def up(folder: Path, **environment: str) -> Iterator[Running]:
    running = Running(folder, **environment)
    try:
        yield running
    finally:
        running.stop()


def fitness_local(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Another use of the command, to its end."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return subprocess.run(  # noqa: S603 - the product's own command
        [*_COMMAND, *arguments],
        env=inherited | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
