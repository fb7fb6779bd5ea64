"""Pictures of pages, as headless Chromium shows them.

Owns the browser's settings: it gets no network beyond what the page asks for, and looks the same on every machine that
has the fonts.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbench.problems import UserError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
_WIDTH, _HEIGHT = 1200, 1180


def take(browser: Browser, url: str, folder: Path, name: str, height: int = _HEIGHT) -> None:
    """Writes `<name>-light.png` and `<name>-dark.png`."""
    for scheme in SCHEMES:
        page = browser.new_page(viewport={"width": _WIDTH, "height": height}, color_scheme=scheme)
        page.goto(url)
        page.screenshot(path=folder / f"{name}-{scheme}.png")
        page.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window.

    Raises:
        UserError: there is none.
    """
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium")
    if executable is None:
        raise UserError("Chromium is not on the PATH: install it (Debian: apt-get install chromium fonts-inter).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
