"""The data folder on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.local_aws.persistence.folder import Folder
from workbench.local_aws.persistence.saved import Saved
from workbench.problems import UserError

SAVED = Saved("http://127.0.0.1:4566", b"state")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(tmp_path / "some" / "data")
    folder.lock()
    yield folder
    folder.unlock()


def test_nothing_is_read_where_nothing_was_saved(folder: Folder) -> None:
    assert folder.read() is None


def test_what_was_saved_is_read(folder: Folder) -> None:
    folder.write(SAVED)
    assert folder.read() == SAVED


def test_only_its_user_gets_at_it(folder: Folder) -> None:
    folder.write(SAVED)
    assert folder.path.stat().st_mode & 0o777 == 0o700
    assert folder.state_file.stat().st_mode & 0o777 == 0o600


def test_a_save_that_fails_leaves_the_one_before(folder: Folder) -> None:
    folder.write(SAVED)
    unfinished = folder.path / "local-aws.state.new"
    unfinished.symlink_to("/dev/full")
    with pytest.raises(OSError, match=r"No space left on device: .*local-aws.state"):
        folder.write(Saved("", b"later"))
    assert folder.read() == SAVED
    assert not unfinished.exists()


def test_a_second_one_is_told_who_has_it(folder: Folder) -> None:
    folder.announce("http://127.0.0.1:4566")
    with pytest.raises(UserError, match=f"in use by process {os.getpid()} at http://127.0.0.1:4566"):
        Folder(folder.path).lock()


def test_an_unlocked_one_is_free(folder: Folder) -> None:
    folder.unlock()
    other = Folder(folder.path)
    other.lock()
    other.unlock()


def test_a_file_of_another_user_is_refused(folder: Folder) -> None:
    folder.write(SAVED)
    os.chown(folder.state_file, 12345, -1)
    with pytest.raises(UserError, match="belongs to another user"):
        folder.read()


def test_clearing_deletes_what_is_ours_alone(folder: Folder) -> None:
    folder.write(SAVED)
    (folder.path / "mine").touch()
    folder.clear()
    assert [file.name for file in folder.path.iterdir()] == ["mine"]


def test_an_empty_folder_goes_with_it(folder: Folder) -> None:
    folder.clear()
    assert not folder.path.exists()
