"""The HTML page: what it says, in which order, and that nothing in it is more than text."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from fitness.scorecard import Scorecard

from tests.unit.reports.cards import NOW, READ, RESTORE, RULES, VERSIONS, Statuses, card_of
from workbench.record import Run
from workbench.reports.formats import Notes, Page, render
from workbench.templates.errors import Place

THEN: Statuses = {READ: {"Bucket": "c"}, VERSIONS: {"Bucket": "n"}}
NOW_WORSE: Statuses = {READ: {"Bucket": "n"}, VERSIONS: {"Bucket": "c"}, RESTORE: {"Table": "?"}}
WAIVER = """
waivers:
  - {rule: s3-bucket-versioning-enabled, resources: [Bucket], reason: Kept elsewhere., expires: 2026-11-30, owner: ops}
"""


def html(card: Scorecard, notes: Notes | None = None) -> str:
    return render(card, "html", Page(notes=notes or Notes()))


def shown(page: str) -> str:
    """What a reader sees: no scripts, no style, no tags, words parted by one space."""
    body = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_the_first_words_are_the_verdict() -> None:
    words = shown(html(card_of(NOW_WORSE, THEN))).partition("Skip to what changed ")[2]
    assert words.startswith(
        f"orders · eu-west-1 · 2026-11-22 10:05 UTC ✗ FAIL Bucket violates the blocking rule {READ}"
    )


def test_the_sections_stand_in_the_order_of_their_importance() -> None:
    sections = re.findall(r'<section id="(\w+)"', html(card_of(NOW_WORSE, THEN)))
    assert sections == [
        *("fitness", "changes", "matrix", "fixes", "categories"),
        *("calculator", "history", "unseen", "waivers", "provenance"),
    ]


def test_an_unknown_fitness_is_n_a_and_never_a_number() -> None:
    page = html(card_of({READ: {"Bucket": "?"}}))
    assert "Fitness n/a of 100" in page
    assert 'class="needle"' not in page


def test_violations_of_rules_that_only_report_are_counted_apart() -> None:
    reported = RULES.replace("severity: low", "severity: low\n    enforcement: report")
    words = shown(html(card_of({READ: {"A": "n"}, VERSIONS: {"A": "n", "B": "n"}}, rules=reported)))
    assert "Violations 1 and 2 not counted" in words


def test_a_regressed_cell_is_outlined() -> None:
    page = html(card_of(NOW_WORSE, THEN))
    assert re.search(r"<code>Bucket</code></a><td class=r>✗<td class=c>✓", page)


def test_a_violation_says_what_config_says() -> None:
    card = card_of({READ: {"Bucket": "n"}}, {READ: {"Bucket": "c"}})
    pairs = tuple(replace(pair, annotation="The policy allows *.") for pair in card.judgement.pairs)
    change = replace(card.judgement.change, regressed=pairs) if card.judgement.change else None
    assert "Config says: The policy allows *." in html(
        replace(card, judgement=replace(card.judgement, pairs=pairs, change=change))
    )


def test_a_fix_says_what_it_wins_and_how() -> None:
    assert "+80.0 points S3 buckets cannot be read by the public" in shown(html(card_of(NOW_WORSE, THEN)))
    assert "Turn on all four settings of PublicAccessBlockConfiguration." in html(card_of(NOW_WORSE, THEN))


def test_what_could_not_be_seen_is_told_with_its_cure() -> None:
    words = shown(html(card_of(NOW_WORSE, THEN)))
    assert "Their Config rule has never been evaluated 1 Wait for its first evaluation" in words


def test_that_nothing_is_hidden_is_told_too() -> None:
    page = shown(html(card_of({READ: {"Bucket": "c"}})))
    assert "What we could not see Nothing: every rule could be judged" in page


def test_a_waiver_tells_its_days_left() -> None:
    assert "Kept elsewhere. ops 1 8 until 2026-11-30" in shown(html(card_of(THEN, rules=RULES + WAIVER)))


def test_the_recorded_runs_are_drawn_and_listed() -> None:
    runs = [Run(NOW, 90.0, "PASS", "Succeeded", ""), Run(NOW, None, "INCONCLUSIVE", "Failed", "Nothing is known.")]
    page = html(card_of(THEN), Notes(history=[*runs, Run(NOW, 50.0, "FAIL", "Failed", "Worse.")]))
    assert (page.count('class="accepted"'), page.count('class="refused"'), page.count("<polyline")) == (1, 1, 2)
    assert "2026-11-22 10:05 UTC n/a INCONCLUSIVE Failed Nothing is known." in shown(page)


def test_a_preview_names_places_and_has_no_links() -> None:
    notes = Notes({(READ, "Bucket"): Place("template.yaml", 12, 7)}, deployed=False)
    page = html(card_of(NOW_WORSE, THEN), notes)
    assert "template.yaml:12" in page
    assert "console.aws" not in page


def test_it_tells_where_it_comes_from() -> None:
    words = shown(html(card_of(THEN), Notes(command="fitness score orders --format html")))
    assert "Made with fitness score orders --format html" in words
    assert re.search(r"Catalogue sha256:[0-9a-f]{64} ", words)


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("<script>alert(1)</script>", id="is no script"),
        pytest.param('"><img src=x onerror=alert(1)>', id="does not leave its attribute"),
        pytest.param("</script></style><svg onload=alert(1)>", id="does not end the data"),
        pytest.param("' onmouseover='alert(1)", id="does not add an attribute"),
        pytest.param("<!-- ", id="does not begin a comment"),
        pytest.param("{{ 7 * 7 }}{% raw %}", id="is no template"),
    ],
)
def test_a_hostile_name(hostile: str) -> None:
    page = page_full_of(hostile)
    assert elements(page) == elements(page_full_of("harmless"))
    assert hostile.strip() in shown(page)


def test_no_name_steers_its_reader() -> None:
    assert not re.search("[\u202e\x1b\u2028]", page_full_of("a\u202egpj.exe\x1b[2J\u2028b"))


def page_full_of(name: str) -> str:
    """A page where every text that comes from an account or a file is the name."""
    card = card_of({READ: {name: "n"}, VERSIONS: {name: "?"}}, {READ: {name: "c"}}, rules=RULES + WAIVER)
    pairs = tuple(replace(pair, annotation=name, detail=name) for pair in card.judgement.pairs)
    snapshot = replace(card.snapshot, stack=name, stack_id=f"arn:aws:{name}", account=name)
    card = replace(card, snapshot=snapshot, judgement=replace(card.judgement, pairs=pairs))
    return html(card, Notes(command=name, history=[Run(NOW, 1.0, name, name, name)]))


class _Elements(HTMLParser):
    """Collects what a browser would make of a page: elements with the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))


def elements(page: str) -> list[tuple[str, ...]]:
    parser = _Elements()
    parser.feed(page)
    return parser.found
