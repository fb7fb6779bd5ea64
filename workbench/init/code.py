"""The code that the snippet deploys, copied beside the user's template.

Owns which folders those are. The hook's rules.yaml and template.yaml are links to the catalogue and to the template, so
that a build always takes the newest.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from workbench.problems import UserError

ROOT = Path(__file__).parents[2]
FOLDERS = ("hook", "config-rules")
_SAMPLE = ("RoundTripRule.yaml", "round_trip")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*", *_SAMPLE)


def existing(folder: Path) -> Sequence[Path]:
    """What would be overwritten.

    Raises:
        UserError: this is an installation without the code.
    """
    for name in FOLDERS:
        if not (ROOT / name).is_dir():
            raise UserError(f"{ROOT / name}: there is no such folder; use --code from a clone of Config Fitness.")
    return [folder / name for name in FOLDERS if (folder / name).exists()]


def copy(template: Path, catalogue: Path) -> None:
    """Copies hook/ and config-rules/ beside `template`; the hook takes it and `catalogue`."""
    folder = template.parent
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=_LEFT_OUT, dirs_exist_ok=True)
    _link(folder / "hook" / "rules.yaml", catalogue)
    _link(folder / "hook" / "template.yaml", template)


def _link(link: Path, target: Path) -> None:
    link.unlink(missing_ok=True)
    link.symlink_to(os.path.relpath(target, link.parent))
