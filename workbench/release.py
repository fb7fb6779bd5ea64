"""A name for what is deployed: the digest of everything that `sam build` reads.

CloudFormation runs the architecture gate in every update that changes it, so it changes with the architecture and
with nothing else. `python -m workbench.release` prints it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from workbench.render import ROOT

DEPLOYED = ("template.yaml", "rules.yaml", "config-rules", "hook", "src")
_LENGTH = 12


def digest(root: Path = ROOT) -> str:
    """Twelve hexadecimal digits that change when a deployed file changes."""
    found = hashlib.sha256()
    for path in sorted(_files(root)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        found.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return found.hexdigest()[:_LENGTH]


def _files(root: Path) -> Iterator[Path]:
    for name in DEPLOYED:
        top = root / name
        yield from (path for path in (top, *top.rglob("*")) if path.is_file() and _is_source(path))


def _is_source(path: Path) -> bool:
    return not any(part == "__pycache__" or part.startswith(".") for part in path.parts[-3:])


if __name__ == "__main__":
    print(digest())  # noqa: T201
