"""Headless Chromium, and pages opened in it from a file, as a reader does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fitness.scorecard import Scorecard
from playwright.sync_api import Browser, Page

from workbench.reports import formats
from workbench.reports.formats import NO_NOTES, Notes


@dataclass
class Opened:
    """A report in the browser, with everything that it said and asked for."""

    page: Page
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


Open = Callable[..., Opened]


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
