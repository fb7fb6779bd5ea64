"""The report of the demo's refused release, from what the demo leaves in its folder."""

from __future__ import annotations

import json
from pathlib import Path

from fitness import scorecard, snapshot
from fitness.scorecard import Scorecard

from tests.unit.reports.cards import READ, RULES, VERSIONS, card_of
from workbench.demo import refusal

ACCEPTED = card_of({READ: {"Bucket": "c"}, VERSIONS: {"Bucket": "c"}})
REFUSED = card_of({READ: {"Bucket": "n"}, VERSIONS: {"Bucket": "c"}})


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def run_of(card: Scorecard, answer: str) -> str:
    facts = {"snapshot": snapshot.to_json(card.snapshot), "scorecard": scorecard.to_json(card), "answer": answer}
    return json.dumps(facts)


def test_the_last_run_is_told_against_the_release_before_it(tmp_path: Path) -> None:
    write(tmp_path / "project" / "rules.yaml", RULES)
    write(tmp_path / "scorecards" / "2-improvement.json", json.dumps(scorecard.to_json(ACCEPTED)))
    write(tmp_path / "runs" / "1.json", run_of(ACCEPTED, "Succeeded"))
    write(tmp_path / "runs" / "2.json", run_of(REFUSED, "Failed"))
    page = refusal.report(tmp_path)
    assert "FAIL</span> Bucket violates the blocking rule" in page
    assert (page.count('class="accepted"'), page.count('class="refused"')) == (1, 1)
