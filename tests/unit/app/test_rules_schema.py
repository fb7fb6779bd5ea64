"""Editors (rules.schema.json) and the loader say the same of a rules.yaml."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from fitness.catalogue import InvalidCatalogue, load
from fitness.gate import GateEnforcement, Mode, OnInconclusive
from fitness.model import Enforcement
from fitness.rule import Frequency
from jsonschema import Draft202012Validator, FormatChecker
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

ROOT = Path(__file__).parents[3]
SCHEMA: dict[str, Any] = json.loads((ROOT / "config-rules/rules.schema.json").read_text())

RULE = """\
version: 1
categories: {security: {}}
rules:
  my-rule:
    title: My rule
    category: security
    severity: high
    resource_types: [AWS::S3::Bucket]
"""
WAIVER = "{rule: my-rule, resources: [Bucket], reason: Known., expires: 2027-03-31}"

GOOD = {
    "the shortest catalogue": RULE,
    "no rules at all": "version: 1\ncategories: {}\nrules: {}\n",
    "an enforcement that YAML 1.1 takes for a boolean": RULE + "    enforcement: off\n",
    "parameters of every kind": RULE + "    parameters: {a: 30, b: true, c: text, d: 1.5}\n",
    "a weight of zero": RULE + "    weight: 0\n",
    "a periodic rule": RULE + "    frequency: One_Hour\n",
    "a custom rule": RULE + "    lambda: MyFunction\n",
    "nothing excluded": RULE + "    exclude: []\n",
    "an empty section": RULE + "waivers:\ncriticality:\ngate:\nseverities:\n",
    "a waiver": RULE + f"waivers: [{WAIVER}]\n",
    "a whole number written with a point": RULE + "gate: {wait: 60.0}\n",
    "a criticality by type": RULE + 'criticality: [{type: "AWS::S3::Bucket", factor: 2}]\n',
    "severities of one's own": RULE + "severities: {high: 3}\n",
}
BAD = {
    "an unknown key": RULE + "    wieght: 3\n",
    "an unknown section": RULE + "rule: {}\n",
    "another version": RULE.replace("version: 1", "version: 2"),
    "a version that is text": RULE.replace("version: 1", 'version: "1"'),
    "no categories": "version: 1\nrules: {}\n",
    "a rule without a title": RULE.replace("    title: My rule\n", ""),
    "a title of nothing": RULE.replace("title: My rule", 'title: " "'),
    "a title that is a number": RULE.replace("title: My rule", "title: 3"),
    "an id in camel case": RULE.replace("my-rule", "MyRule"),
    "no resource type": RULE.replace("[AWS::S3::Bucket]", "[]"),
    "a resource type without its list": RULE.replace("[AWS::S3::Bucket]", "AWS::S3::Bucket"),
    "a negative weight": RULE + "    weight: -1\n",
    "a weight beyond reason": RULE + "    weight: 1000000001\n",
    "a weight that is text": RULE + "    weight: heavy\n",
    "an enforcement of nowhere": RULE + "    enforcement: strict\n",
    "a frequency of nowhere": RULE + "    frequency: Daily\n",
    "both managed and lambda": RULE + "    managed: A_RULE\n    lambda: MyFunction\n",
    "a parameter that is a list": RULE + "    parameters: {a: [1]}\n",
    "a parameter of nothing": RULE + "    parameters: {a: }\n",
    "parameters of nothing": RULE + "    parameters:\n",
    "a minimum above 100": RULE + "gate: {minimum: 101}\n",
    "half a second of waiting": RULE + "gate: {wait: 0.5}\n",
    "a mode of nowhere": RULE + "gate: {mode: strict}\n",
    "half an allowed regression": RULE + "gate: {allowed_regressions: {high: 0.5}}\n",
    "a criticality of nothing": RULE + "criticality: [{factor: 2}]\n",
    "a criticality without a factor": RULE + 'criticality: [{resource: "*"}]\n',
    "a waiver without a reason": RULE + f"waivers: [{WAIVER.replace('reason: Known., ', '')}]\n",
    "a waiver without an end": RULE + f"waivers: [{WAIVER.replace(', expires: 2027-03-31', '')}]\n",
    "a waiver until a day that is none": RULE + f"waivers: [{WAIVER.replace('2027-03-31', '2027-02-30')}]\n",
    "a waiver until a moment": RULE + f"waivers: [{WAIVER.replace('2027-03-31', '20270331')}]\n",
}


class EditorConstructor(SafeConstructor):
    """Editors read YAML 1.2, where `off` is text, and dates as the text that a schema sees."""


EditorConstructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def schema_accepts(text: str) -> bool:
    editor = YAML(typ="safe", pure=True)
    editor.Constructor = EditorConstructor
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker(["date"]))
    return validator.is_valid(editor.load(text))


def loader_accepts(text: str) -> bool:
    try:
        load(text)
    except InvalidCatalogue:
        return False
    return True


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_both_accept(text: str) -> None:
    assert (schema_accepts(text), loader_accepts(text)) == (True, True)


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_both_refuse(text: str) -> None:
    assert (schema_accepts(text), loader_accepts(text)) == (False, False)


def test_both_accept_the_catalogue_of_the_sample() -> None:
    text = (ROOT / "rules.yaml").read_text()
    assert (schema_accepts(text), loader_accepts(text)) == (True, True)


@pytest.mark.parametrize(
    ("options", "place"),
    [
        (Enforcement, ("rule", "enforcement")),
        (Frequency, ("rule", "frequency")),
        (GateEnforcement, ("gate", "enforcement")),
        (Mode, ("gate", "mode")),
        (OnInconclusive, ("gate", "on_inconclusive")),
    ],
)
def test_both_offer_the_same_choices(options: type[StrEnum], place: tuple[str, str]) -> None:
    definition, key = place
    assert SCHEMA["$defs"][definition]["properties"][key]["enum"] == [option.value for option in options]


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from schema.get("properties", {}).items()
    for definition in schema.get("$defs", {}).values():
        yield from properties(definition)


def test_every_key_is_explained_to_the_editor() -> None:
    assert [key for key, value in properties(SCHEMA) if not value.get("description")] == []
