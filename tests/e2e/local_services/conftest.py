"""One local AWS a module, with time scaled down so that minutes pass in moments."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.local_services.functions import create_role
from workbench.local_aws.server import LocalAws, Options


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws(Options(recording_delay=0.1, minute=0.2, hook_timeout=60)) as running:
        create_role(running)
        yield running
