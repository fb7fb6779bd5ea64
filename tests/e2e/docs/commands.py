"""The commands that a page of the documentation tells its reader to type."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:fitness|make) [^`]+)`")


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return [found["text"] for found in _BLOCK.finditer(page.read_text()) if found["language"] == language]


def typed(page: Path, program: str) -> list[str]:
    """Every line that starts with the program, in shell blocks and in running text."""
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    lines += _INLINE.findall(page.read_text())
    return [shlex.join(shlex.split(line, comments=True)) for line in lines if line.startswith(f"{program} ")]


def steps(document: Any) -> Iterator[str]:
    """The command lines of a CI's configuration, whatever the CI."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key in ("run", "script"):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from steps(value)
    elif isinstance(document, list):
        for item in document:
            yield from steps(item)


def ci_steps(page: Path) -> list[str]:
    """The `fitness` commands in the CI configurations of a page."""
    documents = [yaml.safe_load(block) for block in blocks(page, "yaml")]
    return [step for document in documents for step in steps(document) if step.startswith("fitness ")]
