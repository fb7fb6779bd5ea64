"""One `fitness local up` a module, as a process of its own; clients know no more than what it tells to export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.clients.terminal import Terminal, local_up


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    with local_up("--delay", "0.3", "--minute", "0.05") as exported:
        yield Terminal(Path(tmp_path_factory.mktemp("terminal")), exported)
