"""The demo's refused release as a report: the last of its recorded runs, compared with the release before it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fitness import baseline, catalogue, scorecard, snapshot
from fitness.scorecard import Scorecard

from workbench.record import run_of
from workbench.reports.formats import Notes, Page, render

COMMAND = "fitness score --snapshot snapshot.json --baseline baseline.json --format html --output report.html"


def report(folder: Path) -> str:
    """The HTML report, from what the demo has left in its folder."""
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "runs").glob("*.json"))]
    notes = Notes(history=[run_of(run) for run in runs], command=COMMAND)
    return render(_card(folder, runs[-1]["snapshot"]), "html", Page(notes=notes))


def _card(folder: Path, facts: Any) -> Scorecard:
    rules = (folder / "project" / "rules.yaml").read_text(encoding="utf-8")
    accepted = (folder / "scorecards" / "2-improvement.json").read_text(encoding="utf-8")
    return scorecard.make(
        catalogue.load(rules),
        snapshot.from_json(json.dumps(facts), "the last run"),
        baseline.from_json(accepted, "the improvement"),
    )
