"""The name of a release: another for other content, the same for the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.app.sample import ROOT
from workbench.release import DEPLOYED, digest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of what is deployed, in a hidden folder of another name."""
    copy = tmp_path / ".copy"
    for name in DEPLOYED:
        source = ROOT / name
        copy.mkdir(exist_ok=True)
        shutil.copytree(source, copy / name) if source.is_dir() else shutil.copy(source, copy)
    return copy


def test_it_is_the_same_wherever_the_repository_is(root: Path) -> None:
    assert digest(root) == digest(ROOT)


@pytest.mark.parametrize(
    "path",
    [
        *("template.yaml", "rules.yaml", "config-rules/template.yaml", "config-rules/round_trip/round_trip.py"),
        *("hook/fitness/score.py", "hook/requirements.txt", "hook/Makefile", "src/first.py"),
    ],
)
def test_it_changes_with_every_part_that_is_deployed(root: Path, path: str) -> None:
    before = digest(root)
    (root / path).write_text((root / path).read_text() + "\n")
    assert digest(root) != before


def test_it_changes_when_a_file_comes_goes_or_moves(root: Path) -> None:
    digests = [digest(root)]
    (root / "src/new.py").touch()
    digests.append(digest(root))
    (root / "src/new.py").rename(root / "src/renamed.py")
    digests.append(digest(root))
    assert len(set(digests)) == 3
    (root / "src/renamed.py").unlink()
    assert digest(root) == digests[0]


@pytest.mark.parametrize("path", ["README.md", "hook/fitness/__pycache__/a.pyc", "src/.DS_Store", "src/.cache/x/y"])
def test_it_does_not_change_with_what_is_not(root: Path, path: str) -> None:
    before = digest(root)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).touch()
    assert digest(root) == before


def test_it_fits_into_a_parameter() -> None:
    assert digest().isalnum()
    assert len(digest()) == 12
