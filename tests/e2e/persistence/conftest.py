"""One account that has been through a restart, for all who only look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.persistence import everything
from tests.e2e.persistence.process import Running, up


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where a local AWS with everything has been stopped."""
    folder = tmp_path_factory.mktemp("saved") / "data"
    with up(folder) as first:
        everything.create(first)
        assert first.stop() == 0
    return folder


@pytest.fixture(scope="module")
def again(saved: Path) -> Iterator[Running]:
    """The same, started again in a new process."""
    with up(saved) as second:
        yield second
