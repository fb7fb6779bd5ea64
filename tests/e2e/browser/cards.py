"""A stack with something of everything that a report can show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from fitness.scorecard import Scorecard, make

from tests.unit.reports.cards import NOW, READ, RESTORE, RULES, VERSIONS, Statuses, baseline_of, card_of
from workbench.record import Run
from workbench.reports.formats import Notes

CATALOGUE = f"""{RULES}
  s3-bucket-tagged:
    title: S3 buckets are tagged
    category: scalability
    severity: low
    enforcement: report
    resource_types: [AWS::S3::Bucket]
    match: [orders-s3-bucket-tagged]
criticality:
  - {{resource: "Orders*", factor: 3}}
waivers:
  - {{rule: {VERSIONS}, resources: [Waived*], reason: Kept elsewhere., expires: 2026-11-30, owner: ops}}
"""
TAGGED = "s3-bucket-tagged"
STATUSES: Statuses = {
    READ: {"OrdersBucket": "n", "Good": "c", "New": "n", "Waived": "c"},
    VERSIONS: {"OrdersBucket": "c", "Good": "c", "New": "n", "Waived": "n"},
    RESTORE: {"OrdersTable": "?", "Table": "c", "Storage/Table": "n"},
    TAGGED: {"OrdersBucket": "n", "Good": "c", "New": "n", "Waived": "c"},
}
BEFORE: Statuses = {
    READ: {"OrdersBucket": "c", "Good": "c", "Waived": "c"},
    VERSIONS: {"OrdersBucket": "n", "Good": "c", "Waived": "n"},
    RESTORE: {"Storage/Table": "n", "GoneTable": "c"},
}
RUNS = [
    Run(NOW - timedelta(days=2), 60.0, "PASS", "Succeeded", ""),
    Run(NOW - timedelta(days=1), None, "INCONCLUSIVE", "Failed", "Nothing is known."),
    Run(NOW, 55.5, "FAIL", "Failed", "A bucket can be read by the public."),
]
NOTES = Notes(history=RUNS, command="fitness score orders --format html")


def full_card() -> Scorecard:
    card = card_of(STATUSES, rules=CATALOGUE)
    return make(card.catalogue, card.snapshot, replace(baseline_of(BEFORE), fitness=71.5))


def hostile_card(name: str) -> Scorecard:
    card = card_of({READ: {name: "n"}, VERSIONS: {name: "?"}}, {READ: {name: "c"}})
    pairs = tuple(replace(pair, annotation=name, detail=name) for pair in card.judgement.pairs)
    return replace(card, snapshot=replace(card.snapshot, stack=name), judgement=replace(card.judgement, pairs=pairs))
