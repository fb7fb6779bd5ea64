"""The page alone: its content security policy, its size, and that it asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import re

from tests.unit.reports.cards import READ, card_of
from tests.unit.reports.html.large import large_card
from workbench.reports.formats import Page, render

PAGE = render(card_of({READ: {"Bucket": "n"}}), "html", Page())


def hash_of(element: str) -> str:
    found = re.findall(rf"<{element}>(.*?)</{element}>", PAGE, flags=re.DOTALL)
    assert len(found) == 1
    return f"'sha256-{base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()}'"


def test_only_its_own_style_and_script_may_run() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', PAGE)
    assert policy is not None
    assert policy[1] == (
        f"default-src 'none'; style-src {hash_of('style')}; script-src {hash_of('script')}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_the_policy_comes_before_all_that_it_rules() -> None:
    assert PAGE.index("Content-Security-Policy") < PAGE.index("<style>")


def test_nothing_is_styled_or_scripted_in_place() -> None:
    assert not re.search(r"<[^>]+\s(style|on\w+)=", re.sub(r"<script>.*?</script>", "", PAGE, flags=re.DOTALL))


def test_nothing_is_loaded() -> None:
    assert not re.search(r"<(iframe|object|embed|audio|video|base)\b|\ssrc=|@import|url\(", PAGE)
    assert re.findall(r"<link [^>]+>", PAGE) == ['<link rel="icon" href="data:,">']


def test_500_resources_and_40_rules_take_less_than_a_megabyte() -> None:
    assert len(render(large_card(), "html", Page()).encode()) < 1_000_000
