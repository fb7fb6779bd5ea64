"""What a preview tells beyond its scorecard."""

from __future__ import annotations

import json

from fitness import baseline as baselines

from tests.unit.preview.applications import NOW, application, card, rules
from workbench.preview import Preview
from workbench.preview.findings import find
from workbench.preview.report import to_json, unresolved_sentences

TEMPLATE = """
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      KmsMasterKeyId: !ImportValue key
"""


def preview() -> Preview:
    read = application(TEMPLATE)
    unresolved = tuple((found, read.place(found.path, found.property_path)) for found in read.unresolved)
    return Preview(card(TEMPLATE), find(rules(), read), unresolved, read)


def test_the_json_report_places_each_finding() -> None:
    assert to_json(preview())["findings"] == [
        {
            "rule": "sns-encrypted-kms",
            "resource": "Topic",
            "verdict": "UNKNOWN",
            "message": "KmsMasterKeyId is not known: the export key of another stack.",
            "property": "KmsMasterKeyId",
            "file": "t.yaml",
            "line": 6,
            "column": 7,
        }
    ]


def test_unresolved_values_are_told_with_their_place() -> None:
    sentence = "t.yaml:6:7: Topic KmsMasterKeyId is not known: the export key of another stack."
    assert list(unresolved_sentences(preview())) == [sentence]
    assert to_json(preview())["unresolved"][0]["reason"] == "the export key of another stack"


def test_the_json_report_serves_as_a_baseline() -> None:
    baseline = baselines.from_json(json.dumps(to_json(preview())), "preview.json")
    assert baseline.taken_at == NOW
