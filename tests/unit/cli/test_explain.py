"""`fitness explain`: rules of the catalogue, managed rules beyond it, and names that are neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.reports.cards import RULES
from workbench.cli import run
from workbench.managed_rules.registry import MANAGED_RULES

CUSTOM = """\
  round-trip:
    title: What is written is read back
    category: reliability
    severity: critical
    lambda: RoundTrip
    resource_types: [AWS::CloudFormation::Stack]
    frequency: One_Hour
"""


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES + CUSTOM)


def explained(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["explain", name]) == 0
    return capsys.readouterr().out


def test_a_rule_of_the_catalogue_tells_check_weight_and_cure(capsys: pytest.CaptureFixture[str]) -> None:
    text = explained("s3-bucket-versioning-enabled", capsys)
    assert text.startswith("s3-bucket-versioning-enabled: S3 buckets keep earlier versions of their objects\n")
    for part in ("evaluates it when a resource changes", "Reliability, low, scored.", "weighs 2.5", "Set Status to"):
        assert part in text


def test_an_identifier_means_its_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert explained("DYNAMODB_PITR_ENABLED", capsys).startswith("dynamodb-pitr-enabled: ")


def test_a_managed_rule_beyond_the_catalogue_does_not_count(capsys: pytest.CaptureFixture[str]) -> None:
    assert "It is not in the catalogue, so it does not count." in explained("s3-bucket-logging-enabled", capsys)


def test_a_custom_rule_names_its_function_and_its_rhythm(capsys: pytest.CaptureFixture[str]) -> None:
    text = explained("round-trip", capsys)
    assert "The Lambda function RoundTrip in config-rules/ judges it" in text
    assert "It is asked for every hour." in text


def test_no_catalogue_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rules.yaml").unlink()
    assert "Server access logging is on." in explained("s3-bucket-logging-enabled", capsys)


def test_the_list_is_one_id_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "--list"]) == 0
    assert capsys.readouterr().out.split("\n")[:-1] == sorted(rule.id for rule in MANAGED_RULES.values())


@pytest.mark.parametrize("rule", MANAGED_RULES.values(), ids=lambda rule: rule.id)
def test_every_managed_rule_has_an_explanation(rule: object, capsys: pytest.CaptureFixture[str]) -> None:
    text = explained(getattr(rule, "id", ""), capsys)
    assert "Source: AWS" in " ".join(text.split())


def test_a_wrong_name_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "s3-bucket-version-enabled"]) == 2
    assert "(did you mean 's3-bucket-versioning-enabled'?)" in capsys.readouterr().err
