"""Generated files on disk: stale, written, fresh."""

from __future__ import annotations

from pathlib import Path

from fitness.catalogue import load

from workbench.render import ROOT, render, stale, write

RENDERED = {"folder/one.txt": "new\n", "two.txt": "same\n"}


def prepare(root: Path) -> None:
    (root / "folder").mkdir()
    (root / "folder/one.txt").write_text("old\n")
    (root / "two.txt").write_text("same\n")


def test_a_file_that_differs_is_stale(tmp_path: Path) -> None:
    prepare(tmp_path)
    assert stale(RENDERED, tmp_path) == ("folder/one.txt",)


def test_a_file_that_is_not_there_is_stale(tmp_path: Path) -> None:
    assert stale(RENDERED, tmp_path) == ("folder/one.txt", "two.txt")


def test_writing_touches_what_is_stale_and_tells_it(tmp_path: Path) -> None:
    prepare(tmp_path)
    assert write(RENDERED, tmp_path) == ("folder/one.txt",)
    assert stale(RENDERED, tmp_path) == ()


def test_rendering_twice_gives_the_same() -> None:
    catalogue = load((ROOT / "rules.yaml").read_text())
    assert render(catalogue) == render(catalogue)


def test_the_committed_files_are_fresh() -> None:
    assert stale(render(load((ROOT / "rules.yaml").read_text()))) == ()
