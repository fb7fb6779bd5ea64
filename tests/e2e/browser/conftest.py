"""Headless Chromium, and pages opened in it from a file, as a reader does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fitness.scorecard import Scorecard
from playwright.sync_api import Browser, Page, sync_playwright

from workbench.reports import formats
from workbench.reports.formats import NO_NOTES, Notes

CHROMIUM = shutil.which("chromium")
_ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


@dataclass
class Opened:
    """A report in the browser, with everything that it said and asked for."""

    page: Page
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def open_report(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a card's report; keywords are those of a browser's context (`color_scheme`, `viewport`...)."""
    contexts = []

    def open_(card: Scorecard, notes: Notes = NO_NOTES, **options: Any) -> Opened:
        file = tmp_path / "report.html"
        file.write_text(formats.render(card, "html", formats.Page(notes=notes)), encoding="utf-8")
        contexts.append(browser.new_context(**options))
        opened = Opened(contexts[-1].new_page())
        opened.page.on("console", lambda message: opened.messages.append(message.text))
        opened.page.on("pageerror", lambda error: opened.messages.append(str(error)))
        opened.page.on("dialog", lambda dialog: opened.messages.append(dialog.message))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto(file.as_uri())
        return opened

    yield open_
    for context in contexts:
        context.close()
