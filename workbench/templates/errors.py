"""What is wrong with a template, and where: `InvalidTemplate`, `Place` and paths into templates.

Invalid is not violated: a violated rule is a finding about the stack, an invalid template cannot be read at all.
"""

from __future__ import annotations

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Keys and indexes from the root of a template to a node: `("Resources", "OrdersTable", "Properties")`."""


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file; lines and columns count from one."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class InvalidTemplate(ValueError):
    """A template that cannot be read. `str()` is the sentence a user sees: where, and what to correct.

    Code deep inside a template knows the `path` of the mistake; `Document.locating` adds the `place`.
    """

    def __init__(self, message: str, path: Path = (), place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message

    @property
    def name(self) -> str:
        return self.place.file if self.place else ""

    @property
    def line(self) -> int:
        return self.place.line if self.place else 1

    @property
    def column(self) -> int:
        return self.place.column if self.place else 1
