"""One local AWS a module, which soon gives up on who does not answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workbench.local_aws.server import LocalAws, Options


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws(Options(recording_delay=0.1, minute=0.02, hook_timeout=5)) as running:
        yield running
