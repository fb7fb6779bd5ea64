"""One local AWS a module, without delays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from workbench.local_aws.server import LocalAws, Options


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws(Options(recording_delay=0.1, minute=0.02, hook_timeout=5)) as running:
        yield running


@pytest.fixture
def stacks(aws: LocalAws) -> Stacks:
    return Stacks(aws)
