"""Every managed rule against its fixtures: `<rule-id>/<case>.<verdict>.yaml`, where the file name is the verdict.

A fixture is a small template with plain values; a resource's physical id is its name unless `PhysicalId` says
otherwise, and `!Unknown reason` stands for a value that cannot be resolved. `Metadata` holds the rule's parameters, the
judged resource where its type does not tell, and the place that the finding points at.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import moto.config
import pytest
import yaml

from workbench.managed_rules import MANAGED_RULES, Finding, ManagedRule, Verdict, evaluate, identifier_of, surround
from workbench.resources import Resource, Unknown

FIXTURES = sorted(Path(__file__).parent.glob("*/*.yaml"))
CONFIG_NAMES = {"AWS::IAM::ManagedPolicy": "AWS::IAM::Policy", "AWS::DynamoDB::GlobalTable": "AWS::DynamoDB::Table"}
NOT_JUDGED = {"S3_DEFAULT_ENCRYPTION_KMS": {"AWS::KMS::Key"}}  # listed by AWS, but its results are on buckets


class Loader(yaml.SafeLoader):
    """YAML with `!Unknown reason`."""


Loader.add_constructor("!Unknown", lambda loader, node: Unknown(str(loader.construct_scalar(node))))


def load(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(), Loader)  # noqa: S506 - a SafeLoader


def resource(name: str, body: dict[str, Any]) -> Resource:
    physical_id = body.get("PhysicalId", name)
    return Resource(name, body["Type"], physical_id, body.get("Properties") or {}, body.get("Attributes") or {})


def judge(path: Path) -> Finding:
    template, rule = load(path), MANAGED_RULES[identifier_of(path.parent.name)]
    metadata = template.get("Metadata", {})
    resources = surround(resource(name, body) for name, body in template["Resources"].items())
    judged = [one for one in resources if one.type in rule.resource_types or not rule.resource_types]
    subject = next(one for one in judged if one.path == metadata.get("Resource", judged[0].path))
    return evaluate(rule.identifier, subject, metadata.get("Parameters", {}))


def verdict_of(path: Path) -> Verdict:
    return Verdict(path.suffixes[-2].removeprefix(".").upper())


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_file_name_is_the_verdict(path: Path) -> None:
    finding, expected = judge(path), load(path).get("Metadata", {})
    assert finding.verdict == verdict_of(path), finding.message
    assert finding.property_path == tuple(expected.get("Property", finding.property_path))
    assert finding.at == expected.get("At", finding.at)
    assert expected.get("Message", "") in finding.message


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_message_is_one_sentence(path: Path) -> None:
    message = judge(path).message
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize("rule", MANAGED_RULES.values(), ids=lambda rule: rule.id)
def test_every_verdict_of_a_rule_has_a_fixture(rule: ManagedRule) -> None:
    verdicts = {verdict_of(path) for path in FIXTURES if path.parent.name == rule.id}
    assert verdicts | {Verdict.UNKNOWN} == {*rule.verdicts, Verdict.UNKNOWN}


@pytest.mark.parametrize("rule", MANAGED_RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_states_title_logic_and_source(rule: ManagedRule) -> None:
    assert rule.title.endswith(".")
    assert "\n" not in rule.title
    assert len(rule.logic) > 30
    assert rule.id in rule.source


def test_every_fixture_belongs_to_a_rule() -> None:
    assert {identifier_of(path.parent.name) for path in FIXTURES} == set(MANAGED_RULES)


def test_rules_are_declared_as_config_knows_them() -> None:
    known = config_rules()
    for rule in MANAGED_RULES.values():
        facts = known[rule.identifier]
        assert {(p.name, p.required) for p in rule.parameters} == {
            (p["Name"], not p["Optional"]) for p in facts["Parameters"]
        }, rule.id
        types = {CONFIG_NAMES.get(name, name) for name in rule.resource_types}
        assert types | NOT_JUDGED.get(rule.identifier, set()) == set(facts.get("Resource Types", "").split(", ")) - {""}
        assert triggers(rule) == facts["Trigger type"], rule.id


def config_rules() -> dict[str, Any]:
    """The parameters, types and triggers of all managed rules, as the AWS documentation lists them."""
    path = Path(moto.config.__file__).parent / "resources" / "aws_managed_rules.json.gz"
    return dict(json.loads(gzip.decompress(path.read_bytes()))["ManagedRules"])


def triggers(rule: ManagedRule) -> str:
    names = {"change": "Configuration changes", "periodic": "Periodic", "hybrid": "Configuration changes and Periodic"}
    return names[rule.trigger]
