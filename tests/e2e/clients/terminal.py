"""A user's terminal: released clients, in a folder, with nothing but variables that tell where AWS is.

Owns how clients are started, and how the local AWS is when it is a command of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from workbench.isolation import without_accounts

COMMANDS = Path(sys.executable).parent
# A wide terminal, so that no table breaks a sentence; and quick polling.
_SETTINGS = {"COLUMNS": "1000", "SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.3", "AWS_PAGER": ""}

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Terminal:
    """A folder and the variables that were exported; the commands are those beside this Python, then the PATH's."""

    folder: Path
    exported: Mapping[str, str]

    def run(self, *command: str) -> Done:
        """What the command said, and how it ended."""
        return subprocess.run(  # noqa: S603 - the clients under test
            command, cwd=self.folder, env=self._environment(), capture_output=True, text=True, check=False
        )

    def __call__(self, *command: str) -> str:
        """What the command printed; it must end well."""
        done = self.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def aws(self, *arguments: str) -> Any:
        """What the AWS CLI answered; None where that is nothing."""
        said = self("aws", *arguments, "--output", "json")
        return json.loads(said) if said else None

    def inside(self, folder: Path) -> Terminal:
        return replace(self, folder=folder)

    def _environment(self) -> dict[str, str]:
        inherited = without_accounts(os.environ)
        path = f"{COMMANDS}{os.pathsep}{inherited.get('PATH', '')}"
        return {**inherited, **_SETTINGS, "PATH": path, **self.exported}


@contextmanager
def local_up(*options: str) -> Iterator[Mapping[str, str]]:
    """`fitness local up` on a free port, as a process of its own: the variables that it tells to export."""
    command = [str(COMMANDS / "fitness"), "local", "up", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        assert process.stdout
        try:
            told = list(takewhile(lambda line: not line.startswith("Ctrl-C"), process.stdout))
            assert told, "fitness local up did not start"
            yield dict(
                line.removeprefix("export ").strip().split("=", 1) for line in told if line.startswith("export ")
            )
        finally:
            process.terminate()
