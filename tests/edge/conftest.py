from collections.abc import Iterator

import pytest
from fitness.aws import Aws

from tests.edge.environments import Recorded
from tests.edge.stubbed import StubbedAws


@pytest.fixture
def stubbed() -> Iterator[StubbedAws]:
    stubs = StubbedAws()
    yield stubs
    for stubber in stubs.stubbers.values():
        stubber.assert_no_pending_responses()


@pytest.fixture
def aws(stubbed: StubbedAws) -> Aws:
    return Aws(stubbed.client)


@pytest.fixture
def recorded() -> Recorded:
    return Recorded()
