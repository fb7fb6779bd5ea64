"""SARIF as a code host reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.unit.reports.cards import READ, RESTORE, RULES, VERSIONS, Statuses, card_of
from workbench.reports import sarif
from workbench.reports.formats import Notes, Page
from workbench.templates.errors import Place

Places = Mapping[tuple[str, str], Place]


def run_of(
    statuses: Statuses, baseline: Statuses | None = None, rules: str = RULES, places: Places | None = None
) -> dict[str, Any]:
    log = json.loads(sarif.render(card_of(statuses, baseline, rules), Page(notes=Notes(places or {}))))
    assert log["version"] == "2.1.0"
    run: dict[str, Any] = log["runs"][0]
    return run


def test_violations_are_results_and_unknown_pairs_open_questions() -> None:
    results = run_of({READ: {"Good": "c", "Bad": "n"}, RESTORE: {"Table": "?"}})["results"]
    assert [(r["ruleId"], r["kind"], r["level"]) for r in results] == [
        (READ, "fail", "error"),
        (RESTORE, "open", "none"),
    ]


def test_a_result_points_at_its_rule() -> None:
    run = run_of({VERSIONS: {"Bucket": "n"}})
    assert run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]]["id"] == VERSIONS


def test_the_resource_is_a_logical_location() -> None:
    location = run_of({READ: {"Storage/Bucket": "n"}})["results"][0]["locations"]
    assert location == [
        {"logicalLocations": [{"name": "Bucket", "fullyQualifiedName": "orders/Storage/Bucket", "kind": "resource"}]}
    ]


def test_a_place_in_the_template_is_a_physical_location() -> None:
    places = {(READ, "Bucket"): Place("my templates/app.yaml", 12, 7)}
    location = run_of({READ: {"Bucket": "n"}}, places=places)["results"][0]["locations"][0]["physicalLocation"]
    assert location == {
        "artifactLocation": {"uri": "my%20templates/app.yaml"},
        "region": {"startLine": 12, "startColumn": 7},
    }


def test_the_baseline_tells_new_results_from_old() -> None:
    then = {READ: {"Bucket": "c"}, VERSIONS: {"Bucket": "n"}}
    results = run_of({READ: {"Bucket": "n"}, VERSIONS: {"Bucket": "n"}}, then)["results"]
    assert [result["baselineState"] for result in results] == ["new", "unchanged"]


def test_a_waived_violation_is_suppressed_with_its_reason() -> None:
    waivers = f"waivers: [{{rule: {READ}, resources: [B*], reason: Agreed., expires: 2027-01-01}}]"
    result = run_of({READ: {"Bucket": "n"}}, rules=RULES + waivers)["results"][0]
    assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "Agreed."}]


def test_the_same_pair_has_the_same_fingerprint_in_every_run() -> None:
    first, second = (run_of(statuses)["results"][0] for statuses in ({READ: {"B": "n"}}, {READ: {"A": "c", "B": "n"}}))
    assert first["partialFingerprints"] == second["partialFingerprints"]
