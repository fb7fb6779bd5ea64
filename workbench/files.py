"""Files that the user names: read and written with one sentence when that cannot be done."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbench.problems import UserError

STANDARD_STREAM = "-"


def read(path: str, cure: str = "check the path") -> str:
    """The text of a file, or of standard input for `-`.

    Raises:
        UserError: there is no such file, or it is not readable text.
    """
    try:
        return sys.stdin.read() if path == STANDARD_STREAM else Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file; {cure}.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path}: not a text file in UTF-8; {cure}.") from None
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}; {cure}.") from None


def write(path: str, text: str) -> None:
    """Writes a file whole.

    Raises:
        UserError: it cannot be written.
    """
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}; name a file that can be written.") from None


class WritablePath(click.ParamType):
    """A file to write, in a folder that exists: better said before the work than after it."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        path = Path(value)
        if path.is_dir():
            self.fail(f"{value} is a folder; name a file in it.", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"there is no folder {path.parent}; create it first.", param, ctx)
        return value
