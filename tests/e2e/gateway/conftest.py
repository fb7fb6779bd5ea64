"""One local AWS a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from workbench.local_aws.server import LocalAws, Options


@pytest.fixture(scope="module")
def stacks() -> Iterator[Stacks]:
    with LocalAws(Options(recording_delay=0.1, minute=0.02, hook_timeout=5)) as running:
        yield Stacks(running)
