"""What end-to-end tests share: one local AWS a module, without delays, and one browser in a process."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from workbench.local_aws.server import LocalAws, Options
from workbench.screenshots import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws(Options(recording_delay=0.1, minute=0.02)) as running:
        yield running


@pytest.fixture(scope="module")
def stacks(aws: LocalAws) -> Stacks:
    return Stacks(aws)
