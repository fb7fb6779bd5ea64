"""How the demo is told: a spinner where there is a terminal, plain lines where there is none."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

_DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan"}


class Stage:
    """Where the story is told; counts its chapters, and calls `on_chapter` before each."""

    def __init__(self, console: Console, on_chapter: Callable[[int], None] = lambda _number: None) -> None:
        self._console = console
        self._on_chapter = on_chapter
        self._chapters = 0

    @property
    def width(self) -> int:
        return self._console.width

    def chapter(self, title: str) -> None:
        self._chapters += 1
        self._on_chapter(self._chapters)
        self._console.print()
        self._console.rule(Text(f"{self._chapters}. {title}", style="bold"), align="left")

    def say(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style))

    def show(self, parts: Iterable[RenderableType]) -> None:
        for part in parts:
            self._console.print(Padding(part, (0, 0, 0, 2), expand=False))

    def show_diff(self, lines: Sequence[str], most: int) -> None:
        """The first lines of a diff."""
        for line in lines[:most]:
            self._console.print(Text(f"  {line}", style=_DIFF_STYLES.get(line[:1], "")), no_wrap=True, overflow="crop")
        if len(lines) > most:
            self.say(f"  … and {len(lines) - most} more lines")

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Says what goes on, and how long it took when it is done."""
        begun = time.monotonic()
        if self._console.is_terminal:
            with self._console.status(f" {what}"):
                yield
        else:
            self.say(f"  … {what}")
            yield
        self.say(f"  ✓ {what} ({time.monotonic() - begun:.0f} s)", style="bright_black")
