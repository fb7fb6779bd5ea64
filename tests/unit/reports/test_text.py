"""The text report as its reader sees it."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest
from fitness import catalogue, scorecard
from fitness.model import Cause

from tests.unit.reports.cards import READ, RESTORE, RULES, VERSIONS, card_of, snapshot_of
from workbench.reports import text
from workbench.reports.findings import CURES
from workbench.reports.formats import Page


def test_a_healthy_stack_is_told_in_a_few_lines() -> None:
    card = card_of({READ: {"Bucket": "c"}, VERSIONS: {"Bucket": "c"}})
    assert text.render(card, Page()) == dedent("""\
         PASS  Nothing got worse and nothing is in the way.

        Fitness  100.0  everything that counts was judged

          Security     ████████████████████████████████  100.0
          Reliability  ████████████████████████████████  100.0  min 60.0
          Scalability                                      n/a

        2 pairs on 1 resource of orders in eu-west-1, account 111122223333, read
        2026-11-22 10:05 UTC. Catalogue sha256:934429af4edd.
        """)


def test_a_refusal_starts_with_what_broke_and_says_how_to_mend_it() -> None:
    then = {READ: {"Bucket": "c"}, VERSIONS: {"Bucket": "n"}}
    card = card_of({READ: {"Bucket": "n", "New": "c"}, VERSIONS: {"Bucket": "c", "New": "n"}}, then)
    assert text.render(card, Page()) == dedent("""\
         FAIL  Bucket violates the blocking rule s3-bucket-public-read-prohibited (S3
               buckets cannot be read by the public).

        Fitness   50.0  everything that counts was judged
        Change   -60.0  since the baseline, like for like

          Security     ████████████████░░░░░░░░░░░░░░░░  50.0
          Reliability  ████████████████░░░░░░░░░░░░░░░░  50.0  min 60.0
          Scalability                                     n/a

        Also
          - The fitness is 50, under the minimum of 60.
          - Reliability is at 50, under its minimum of 60.

        Regressed (1)
          ✗ Bucket: S3 buckets cannot be read by the public
            s3-bucket-public-read-prohibited, critical, blocking

        Violations on new resources (1)
          ✗ New: S3 buckets keep earlier versions of their objects
            s3-bucket-versioning-enabled, low

        Fixed
          ✓ Bucket: S3 buckets keep earlier versions of their objects

        What to fix first, by points to win
          +40.0 s3-bucket-public-read-prohibited, critical, blocking: Bucket
                Turn on all four settings of PublicAccessBlockConfiguration.
          +10.0 s3-bucket-versioning-enabled, low: New
                Set Status to Enabled in the bucket's VersioningConfiguration.

        4 pairs on 2 resources of orders in eu-west-1, account 111122223333, read
        2026-11-22 10:05 UTC. Catalogue sha256:934429af4edd.
        """)


def test_what_is_unknown_is_drawn_and_explained() -> None:
    report = text.render(card_of({VERSIONS: {"Bucket": "c"}, RESTORE: {"ItemsTable": "?"}}), Page())
    assert "Fitness  100.0  between 33.3 and 100.0: 33.3 % of the weight could be judged" in report
    assert "Reliability  ███████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒  100.0  33.3 to 100.0, min 60.0" in report
    assert "? Their Config rule has never been evaluated: 1 pair\n    ItemsTable: dynamodb-pitr-enabled" in report


def test_a_waiver_tells_its_reason_and_its_days() -> None:
    waiver = f"waivers: [{{rule: {VERSIONS}, resources: [B*], reason: Rebuilt daily., expires: 2026-12-01}}]"
    report = text.render(card_of({VERSIONS: {"Bucket": "n"}}, rules=f"{RULES}{waiver}"), Page())
    assert "Fitness  n/a  no rule that counts applies to any resource\n         0.0  without the waivers" in report
    assert f"{VERSIONS}: 1 violation until 2026-12-01 (9 days left)." in report


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    card = card_of({READ: {"Storage/" * 20 + "Bucket": "n"}, RESTORE: {"Table" * 30: "?"}})
    assert max(len(line) for line in text.render(card, Page(width)).splitlines()) <= width


def test_only_a_page_with_colour_has_escape_sequences() -> None:
    card = card_of({READ: {"Bucket": "n"}})
    assert "\x1b" not in text.render(card, Page())
    assert "\x1b[1;37;41m FAIL " in text.render(card, Page(colour=True))


def test_names_can_neither_steer_the_terminal_nor_reverse_the_text() -> None:
    report = text.render(card_of({READ: {"\x1b[2J\u202eBucket[red]": "n"}}), Page())
    assert "\ufffd[2J\ufffdBucket[red]" in report


def test_what_aws_says_of_a_failing_rule_is_passed_on() -> None:
    snapshot = snapshot_of({READ: {"Bucket": "c"}, VERSIONS: {"Bucket": "?"}})
    failing = replace(
        snapshot.config_rules[1],
        first_evaluation_started=True,
        last_error_code="InternalError",
        last_error_message="The role was not found.",
    )
    facts = replace(snapshot, config_rules=(snapshot.config_rules[0], failing, *snapshot.config_rules[2:]))
    report = text.render(scorecard.make(catalogue.load(RULES), facts), Page())
    assert "? Their Config rule fails to evaluate: 1 pair" in report
    assert "AWS says: The role was not found." in report


def test_every_cause_has_words_and_a_cure() -> None:
    assert set(CURES) == set(Cause)
