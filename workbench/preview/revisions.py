"""Templates as they were at a git revision.

Owns `reader_at`, which gives the text of files at a revision instead of the working tree's.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from workbench.problems import UserError
from workbench.templates.includes import ReadFile


def reader_at(revision: str, template: str) -> ReadFile:
    """Reads files as they were at `revision` of the repository that holds the template.

    Raises:
        UserError: there is no such revision, no repository, or no such template in it.
    """
    folder = Path(template).resolve().parent
    if revision.startswith("-") or _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
        raise UserError(f"{revision} is neither a file nor a git revision of the repository that holds {template}.")

    def read(path: str) -> str | None:
        inside = os.path.relpath(Path(path).resolve(), folder)
        return _git(folder, "show", f"{revision}:./{Path(inside).as_posix()}")

    if read(template) is None:
        raise UserError(f"{template} is not in the revision {revision}.")
    return read


def _git(folder: Path, *arguments: str) -> str | None:
    """What git writes, None when it refuses."""
    command: Sequence[str] = ("git", "-C", str(folder), *arguments)
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - arguments, no shell
    except FileNotFoundError as error:
        raise UserError("Comparing with a git revision needs git, which is not installed.") from error
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
