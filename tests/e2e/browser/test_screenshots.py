"""Pictures of pages for the documentation."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser.cards import full_card
from workbench import screenshots
from workbench.problems import UserError
from workbench.reports.formats import Page, render

pytestmark = pytest.mark.slow


@pytest.mark.needs("chromium")
def test_a_page_is_shown_in_light_and_in_dark(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(full_card(), "html", Page()), encoding="utf-8")
    screenshots.take(browser, page.as_uri(), tmp_path, "report", height=700)
    light, dark = ((tmp_path / f"report-{scheme}.png").read_bytes() for scheme in ("light", "dark"))
    assert light != dark
    assert struct.unpack(">II", light[16:24]) == (1200, 700)


def test_without_chromium_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="apt-get install chromium"), screenshots.chromium():
        pass
