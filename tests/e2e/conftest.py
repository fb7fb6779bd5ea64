"""The browser that all end-to-end tests share: Playwright runs once in a process."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from workbench.screenshots import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    with chromium() as found:
        yield found
