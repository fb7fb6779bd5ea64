"""A name for what is deployed: the digest of everything that `sam build` reads.

CloudFormation runs the architecture gate in every update that changes it, so it changes with what is deployed and with
nothing else. `python -m workbench.release` prints it.
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
        content = hashlib.sha256((root / path).read_bytes()).hexdigest()
        found.update(f"{path.as_posix()} {content}\n".encode())
    return found.hexdigest()[:_LENGTH]


def _files(root: Path) -> Iterator[Path]:
    """What is deployed, from the root; not what tools leave beside it."""
    for name in DEPLOYED:
        top = root / name
        found = [path.relative_to(root) for path in (top, *top.rglob("*")) if path.is_file()]
        yield from (path for path in found if not any(map(_is_left_behind, path.parts)))


def _is_left_behind(name: str) -> bool:
    return name == "__pycache__" or name.startswith(".")


if __name__ == "__main__":
    print(digest())  # noqa: T201
