"""The release digest changes with what is deployed, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.release import digest


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("template.yaml", "src/first.py", "hook/fitness/score.py", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.mark.parametrize("name", ["template.yaml", "src/first.py", "hook/fitness/score.py", "config-rules/new.yaml"])
def test_a_deployed_file_makes_another_release(project: Path, name: str) -> None:
    before = digest(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("changed")
    assert digest(project) != before


@pytest.mark.parametrize("name", ["README.md", "src/__pycache__/first.pyc", "hook/.DS_Store"])
def test_what_is_not_deployed_leaves_the_release_as_it_is(project: Path, name: str) -> None:
    before = digest(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("changed")
    assert digest(project) == before


def test_a_renamed_file_makes_another_release(project: Path) -> None:
    before = digest(project)
    (project / "src/first.py").rename(project / "src/other.py")
    assert digest(project) != before
