"""Releasing with the real SAM CLI, in an environment that knows the local AWS and no other.

Owns how `sam` is found and started, and where its output goes. Nothing here knows what is released.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.isolation import without_accounts
from workbench.problems import UserError

_LONGEST = 600


@dataclass(frozen=True)
class SamCli:
    """The SAM CLI in one project; `settings` are the variables that say where AWS is."""

    folder: Path
    logs: Path
    settings: Mapping[str, str]

    def build(self, log: str) -> None:
        """Raises UserError when the build fails, with its last line."""
        if self._run(log, "build") != 0:
            raise UserError(f"sam build failed: {self._last_line(log)} (all of it is in {self.logs / log})")

    def deploy(self, log: str) -> bool:
        """Whether CloudFormation completed what was deployed."""
        return self._run(log, "deploy") == 0

    def _run(self, log: str, *arguments: str) -> int:
        self.logs.mkdir(parents=True, exist_ok=True)
        with (self.logs / log).open("w", encoding="utf-8") as output:
            return subprocess.run(  # noqa: S603 - the SAM CLI, with words of our own
                [_sam(), *arguments],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=_LONGEST,
                check=False,
            ).returncode

    def _environment(self) -> dict[str, str]:
        inherited = without_accounts(os.environ)
        path = f"{Path(sys.executable).parent}{os.pathsep}{inherited.get('PATH', '')}"
        quick = {"SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.5"}
        return {**inherited, **quick, "PATH": path, **self.settings}

    def _last_line(self, log: str) -> str:
        lines = (self.logs / log).read_text(encoding="utf-8").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


def _sam() -> str:
    """The SAM CLI beside this Python, else the one on the PATH.

    Raises:
        UserError: there is none.
    """
    beside = Path(sys.executable).parent / "sam"
    found = str(beside) if beside.exists() else shutil.which("sam")
    if found is None:
        raise UserError("The demo needs the SAM CLI: `make demo` installs it, or `pip install aws-sam-cli`.")
    return found
