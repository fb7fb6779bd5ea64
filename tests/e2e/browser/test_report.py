"""The HTML report in headless Chromium: quiet, quick, accessible, and readable at every size."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.browser.cards import NOTES, full_card, hostile_card
from tests.e2e.browser.conftest import Open
from tests.unit.reports.cards import READ, card_of
from tests.unit.reports.html.large import large_card

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]
CARDS = {
    "full": full_card,
    "large": large_card,
    "empty": lambda: card_of({}),
    "small": lambda: card_of({READ: {"A": "c"}}),
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=//example.org/x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "</style><style>@import '//example.org/x'</style>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("card", CARDS)
def test_it_says_nothing_and_asks_for_nothing(open_report: Open, card: str) -> None:
    opened = open_report(CARDS[card](), NOTES)
    assert opened.messages == []
    assert [request for request in opened.requests if not request.startswith(("file:", "data:,"))] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_does_nothing_but_stand_there(open_report: Open, name: str) -> None:
    opened = open_report(hostile_card(name))
    opened.page.locator("#calculator summary").first.click()
    assert (opened.messages, len(opened.requests)) == ([], 1)
    assert opened.page.locator("#matrix tbody th").first.inner_text() == name


def test_everything_can_be_read_without_javascript(open_report: Open) -> None:
    page = open_report(full_card(), NOTES, java_script_enabled=False).page
    headings = page.locator("h2:visible").all_inner_texts()
    assert headings == [
        *("What changed since the baseline", "Resources and rules", "What to fix first", "Categories"),
        *("History", "What we could not see", "Waivers in force", "Where this comes from"),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("card", ["full", "empty"])
def test_axe_finds_no_fault(open_report: Open, card: str, viewport: dict[str, int], scheme: str) -> None:
    page = open_report(CARDS[card](), NOTES, viewport=viewport, color_scheme=scheme).page
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == []


@pytest.mark.parametrize("card", CARDS)
def test_a_phone_needs_no_sideways_scrolling(open_report: Open, card: str) -> None:
    page = open_report(CARDS[card](), NOTES, viewport=NARROW).page
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_dark_is_dark_and_light_is_light(open_report: Open) -> None:
    background = "getComputedStyle(document.documentElement).backgroundColor"
    colours = [open_report(full_card(), color_scheme=scheme).page.evaluate(background) for scheme in ("light", "dark")]
    assert colours == ["rgb(252, 252, 250)", "rgb(20, 23, 26)"]


def test_every_control_is_reached_by_the_tab_key(open_report: Open) -> None:
    page = open_report(full_card(), NOTES).page
    wanted = page.locator(
        "a:visible, button:visible, input:visible, summary:visible, textarea:visible, [tabindex='0']:visible"
    )
    reached = 0
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement !== document.body && document.activeElement.matches(':focus-visible')"):
        reached += 1
        page.keyboard.press("Tab")
    assert reached == wanted.count()


def test_on_paper_there_is_nothing_to_click(open_report: Open) -> None:
    page = open_report(full_card()).page
    page.emulate_media(media="print")
    assert page.locator("button:visible, input:visible").count() == 0
    assert page.locator("#matrix td:visible").count() > 0


def test_the_filter_shows_the_resources_asked_for(open_report: Open) -> None:
    page = open_report(full_card()).page
    rows = page.locator("#matrix tbody tr:visible th")
    page.get_by_label("Resources named").fill("bucket")
    assert rows.all_inner_texts() == ["OrdersBucket"]
    page.get_by_label("Resources named").fill("")
    page.get_by_label("only with something to do").check()
    assert rows.all_inner_texts() == ["OrdersTable", "Storage/Table", "New", "OrdersBucket"]
