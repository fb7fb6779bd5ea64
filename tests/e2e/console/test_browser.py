"""The console in a browser, as a user sees it: live, by keyboard, with nothing said and nothing asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.console.seed import RULE, STACK
from workbench.local_aws.server import LocalAws

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

HERE = "/_console/eu-west-1"
PAGES = ("stacks", f"stack?name={STACK}", "rules", f"rule?{urlencode({'name': RULE})}", "resources")


@pytest.fixture
def said() -> list[str]:
    """What pages wrote to the console of the browser, or asked for elsewhere."""
    return []


@pytest.fixture
def page(browser: Browser, aws: LocalAws, said: list[str]) -> Iterator[Page]:
    with browser.new_context(base_url=aws.url) as context:
        found = context.new_page()
        found.on("console", lambda message: said.append(message.text))
        found.on("pageerror", lambda error: said.append(str(error)))
        found.on("dialog", lambda dialog: said.append(dialog.message))
        found.on("request", lambda asked: said.extend([] if asked.url.startswith((aws.url, "data:")) else [asked.url]))
        yield found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_nothing_and_asks_nothing_elsewhere(page: Page, seeded: Stacks, said: list[str], path: str) -> None:
    page.goto(f"{HERE}/{path}", wait_until="networkidle")
    expect(page.locator("main section").first).to_be_visible()
    assert said == []
    assert page.locator("main img, main script").count() == 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_used_by_everyone_in_light_and_in_dark(page: Page, seeded: Stacks, path: str) -> None:
    page.goto(f"{HERE}/{path}")
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    page.emulate_media(color_scheme="dark")
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_narrow_screen_shows_all_without_scrolling_sideways(page: Page, seeded: Stacks, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{HERE}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_hostile_name_is_read_as_text(page: Page, seeded: Stacks) -> None:
    page.goto(f"{HERE}/rules")
    expect(page.locator("tbody th")).to_have_text(RULE)


def test_the_keyboard_reaches_sections_links_and_the_filter(page: Page, seeded: Stacks) -> None:
    page.goto(f"{HERE}/stacks")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stack?name=*")
    page.keyboard.press("3")
    page.wait_for_url("**/resources")
    page.keyboard.press("/")
    page.keyboard.type("s3::bucket orders")
    expect(page.locator("tbody tr:visible")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("tbody tr:visible")).not_to_have_count(1)


def test_what_happens_appears_by_itself_and_the_focus_stays(page: Page, aws: LocalAws, seeded: Stacks) -> None:
    bucket = seeded.physical_id(STACK, "Orders")
    page.goto(f"{HERE}/resource?{urlencode({'type': 'AWS::S3::Bucket', 'id': bucket})}")
    page.keyboard.press("j")
    focused = page.evaluate("document.activeElement.href")
    moments = page.locator(".timeline li").count()
    aws.client("s3").put_bucket_accelerate_configuration(Bucket=bucket, AccelerateConfiguration={"Status": "Enabled"})
    aws.client("s3").put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": str(moments), "Value": "new"}]})
    expect(page.locator(".timeline li")).not_to_have_count(moments, timeout=15_000)
    assert page.evaluate("document.activeElement.href") == focused


def test_a_page_that_is_not_there_does_not_ask_again(page: Page) -> None:
    asked: list[str] = []
    page.goto(f"{HERE}/stack?name=nobody")
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator("#live")).to_be_hidden()
    page.wait_for_timeout(2500)
    assert asked == []


def test_a_stack_that_goes_while_one_looks_is_said_to_be_gone(page: Page, seeded: Stacks) -> None:
    seeded.create("leaving", {"Queue": {"Type": "AWS::SQS::Queue"}})
    page.goto(f"{HERE}/stack?name=leaving")
    seeded.delete("leaving")
    expect(page.locator("h1")).to_have_text("There is nothing to show", timeout=15_000)
    expect(page.locator("#live")).to_be_hidden()
