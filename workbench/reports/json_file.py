"""The scorecard file: what programs read, and what serves as a baseline."""

from __future__ import annotations

import json

from fitness.scorecard import Scorecard, to_json

from workbench.reports.formats import Page


def render(card: Scorecard, page: Page) -> str:
    return json.dumps({**to_json(card), **page.notes.additions}, indent=2) + "\n"
