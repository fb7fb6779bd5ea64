"""The copy of the sample application that the demo changes and releases."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.demo import edits
from workbench.release import DEPLOYED

_PARTS = (*DEPLOYED, "samconfig.toml")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*")


@dataclass(frozen=True)
class Project:
    """A folder that `sam build` takes."""

    folder: Path

    @property
    def template(self) -> Path:
        return self.folder / "template.yaml"

    @property
    def rules(self) -> Path:
        return self.folder / "rules.yaml"

    def edit(self, name: str, edit: edits.Edit) -> Sequence[str]:
        """Changes a file; the changed lines.

        Raises:
            CannotEdit: the change does not find its place.
        """
        path = self.folder / name
        before = path.read_text(encoding="utf-8")
        path.write_text(edit(before), encoding="utf-8")
        return edits.diff(before, edit(before), name)


def copy(root: Path, folder: Path) -> Project:
    """A fresh copy in `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _PARTS:
        part = root / name
        if part.is_dir():
            shutil.copytree(part, folder / name, symlinks=True, ignore=_LEFT_OUT)
        else:
            shutil.copy2(part, folder / name)
    return Project(folder)
