"""The pull-request comment: what it says, and that names in it stay names."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest

from tests.unit.reports.cards import READ, VERSIONS, card_of
from workbench.reports import markdown
from workbench.reports.formats import Notes, Page

PREVIEW = Page(notes=Notes(deployed=False))


def test_a_refusal_is_a_verdict_a_table_and_folded_details() -> None:
    then = {READ: {"Bucket": "c"}, VERSIONS: {"Bucket": "n"}}
    comment = markdown.render(card_of({READ: {"Bucket": "n"}, VERSIONS: {"Bucket": "c"}}, then), PREVIEW)
    assert comment.partition("<details>")[0] == dedent("""\
        <!-- config-fitness -->
        ### ❌ FAIL: Bucket violates the blocking rule s3-bucket-public-read-prohibited &#40;S3 buckets cannot be read by the public&#41;.

        **Fitness 20.0** · -60.0 since the baseline, like for like · 100.0 % judged

        - The fitness is 20, under the minimum of 60.

        |  | Resource | Rule | Severity | Config says |
        | --- | --- | --- | --- | --- |
        | ❌ regressed | <code>Bucket</code> | <code>s3-bucket-public-read-prohibited</code><br>S3 buckets cannot be read by the public | critical |  |
        | ✅ fixed | <code>Bucket</code> | <code>s3-bucket-versioning-enabled</code><br>S3 buckets keep earlier versions of their objects | low |  |

        """)  # noqa: E501


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("a|b", "a&#124;b", id="ends no table cell"),
        pytest.param("<img src=x onerror=y>", "&#60;img src=x onerror=y&#62;", id="is no HTML"),
        pytest.param("[a](javascript:b)", "&#91;a&#93;&#40;javascript:b&#41;", id="is no link"),
        pytest.param("https://www.evil.example", "https:&#47;&#47;www&#46;evil.example", id="is not made a link"),
        pytest.param("@team #1", "@\u200bteam #\u200b1", id="mentions nobody and nothing"),
        pytest.param("`a` **b** \\", "&#96;a&#96; &#42;&#42;b&#42;&#42; &#92;", id="is not formatted"),
        pytest.param("a\n\n# b", "a #\u200b b", id="stays on its line"),
    ],
)
def test_a_hostile_name(name: str, shown: str) -> None:
    assert markdown.escaped(name) == shown


def test_nothing_hostile_reaches_the_comment() -> None:
    card = card_of({READ: {"<script>Bucket": "n"}})
    card = replace(card, snapshot=replace(card.snapshot, stack="</sub><script>"))
    assert "<script>" not in markdown.render(card, Page())
