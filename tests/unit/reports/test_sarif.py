"""SARIF as a code host reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.unit.reports.cards import READ, RESTORE, RULES, VERSIONS, Statuses, card_of
from workbench.reports import sarif
from workbench.reports.formats import Notes, Page
from workbench.templates.errors import Place

# The schema that the OASIS standard publishes, as it is.
SCHEMA = Path(__file__).with_name("sarif-2.1.0.schema.json")
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


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        pytest.param(str(Path.cwd() / "app/template.yaml"), "app/template.yaml", id="below the current folder"),
        pytest.param("/elsewhere/my template.yaml", "file:///elsewhere/my%20template.yaml", id="elsewhere"),
    ],
)
def test_an_absolute_path_is_a_valid_address(file: str, uri: str) -> None:
    result = run_of({READ: {"Bucket": "n"}}, places={(READ, "Bucket"): Place(file, 1, 1)})["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_the_log_is_valid_by_the_schema_of_the_standard() -> None:
    waivers = f"waivers: [{{rule: {READ}, resources: [A*], reason: Agreed., expires: 2027-01-01}}]"
    statuses = {READ: {"A": "n", "B": "n"}, VERSIONS: {"Storage/A": "c"}, RESTORE: {"T": "?"}}
    card = card_of(statuses, {READ: {"A": "c", "B": "c"}}, RULES + waivers)
    page = Page(notes=Notes({(READ, "B"): Place("/else where/t.yaml", 3, 5)}))
    validator = jsonschema.Draft4Validator(json.loads(SCHEMA.read_text()))
    errors = validator.iter_errors(json.loads(sarif.render(card, page)))
    assert [error.message for error in errors] == []


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
