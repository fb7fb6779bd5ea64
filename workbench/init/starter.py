"""The rules that a first catalogue is chosen from, as text that keeps its comments.

Owns the reading of starter.yaml: `sections`, each with its heading and the lines of its rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("starter.yaml")
_START_OF_ENTRY = re.compile(r"^  (?=# |[a-z0-9-]+:$)", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """The rules of a service: id to text, without the last line break."""

    heading: str
    rules: Mapping[str, str]


def text() -> str:
    """The whole file, a catalogue like any other."""
    return FILE.read_text(encoding="utf-8")


def preamble() -> str:
    """Version and categories."""
    return text().partition("\nrules:\n")[0].partition("version:")[2]


def sections() -> list[Section]:
    """The sections in the order of the file."""
    entries = [entry.rstrip() for entry in _START_OF_ENTRY.split(text().partition("\nrules:\n")[2]) if entry.strip()]
    found: list[tuple[str, dict[str, str]]] = []
    for entry in entries:
        if entry.startswith("# "):
            found.append((entry.removeprefix("# "), {}))
        else:
            found[-1][1][entry.partition(":")[0]] = entry
    return [Section(heading, rules) for heading, rules in found]
