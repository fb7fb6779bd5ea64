"""A copy of what is deployed, built by the SAM CLI."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SAM = Path(sys.executable).with_name("sam")


@dataclass(frozen=True)
class Copy:
    """A user's copy of the application, with a cache of its own for what builds keep."""

    folder: Path
    environment: dict[str, str]

    @property
    def artifacts(self) -> Path:
        return self.folder / ".aws-sam/build"

    @property
    def hook(self) -> Path:
        return self.artifacts / "PreTrafficHook"

    def build(self, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [str(SAM), "build"]
        env = {**os.environ, **self.environment, **environment}
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False)  # noqa: S603

    def replace(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))
