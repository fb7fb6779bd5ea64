"""`fitness preview` as it is typed: what it judges by, where it would deploy, its formats and its exit codes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from workbench.cli import run

RULES = """\
version: 1
categories: {security: {title: Security}}
gate: {minimum: 0}
rules:
  sns-encrypted-kms:
    {title: Topics are encrypted, category: security, severity: high, resource_types: [AWS::SNS::Topic]}
"""
OPEN = """\
Parameters:
  Key: {Type: String, Default: ""}
Conditions:
  Encrypted: !Not [!Equals [!Ref Key, ""]]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: orders
      KmsMasterKeyId: !If [Encrypted, !Ref Key, !Ref AWS::NoValue]
"""
ENCRYPTED = OPEN.replace('Default: ""', "Default: alias/orders")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose only revision has the topic encrypted; in the working tree it no longer is."""
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES)
    Path("template.yaml").write_text(ENCRYPTED)
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "First")):
        subprocess.run([*git, *words], check=True, capture_output=True)  # noqa: S603
    Path("template.yaml").write_text(OPEN)
    return tmp_path


def previewed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run(["preview", *arguments])
    return code, capsys.readouterr().out


def card(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(previewed(capsys, *arguments, "--format", "json")[1])
    return found


def test_what_a_revision_had_and_the_template_lost_fails(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = previewed(capsys, "--against", "HEAD")
    assert code == 1
    assert "sns-encrypted-kms" in text
    assert "(line 10)" in text


def test_what_keeps_its_promises_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert previewed(capsys, "--against", "HEAD", "--parameter", "Key=alias/orders")[0] == 0


def test_a_pull_request_gets_the_verdict_and_the_changed_pair(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = previewed(capsys, "--against", "HEAD", "--format", "markdown")
    assert text.startswith("<!-- config-fitness -->\n### ❌ FAIL")
    assert "| ❌ regressed | <code>Topic</code>" in text


def test_a_code_host_annotates_the_line_of_the_property(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = previewed(capsys, "--against", "HEAD", "--format", "sarif")
    (result,) = json.loads(text)["runs"][0]["results"]
    assert result["baselineState"] == "new"
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("template.yaml", 10)


def test_a_test_report_counts_the_violation(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = previewed(capsys, "--against", "HEAD", "--format", "junit")
    suite = ElementTree.fromstring(text)  # noqa: S314 - our own report
    assert [case.get("name") for case in suite.iter("testcase") if case.find("failure") is not None] == [
        "verdict",
        "Topic",
    ]


def test_the_report_goes_to_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert previewed(capsys, "--against", "HEAD", "--format", "sarif", "--output", "fitness.sarif") == (1, "")
    assert json.loads((folder / "fitness.sarif").read_text())["version"] == "2.1.0"


def test_a_preview_is_a_baseline(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "card.json").write_text(json.dumps(card(capsys)))
    from fitness import baseline

    assert baseline.from_json((folder / "card.json").read_text(), "card.json")


def test_stack_and_region_are_those_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert card(capsys, "--stack-name", "orders")["stack"] == "orders"
    assert "in ap-southeast-2," in previewed(capsys, "--region", "ap-southeast-2")[1].replace("\n", " ")


def test_a_managed_rule_is_tried_without_a_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rules.yaml").unlink()
    assert [pair["status"] for pair in card(capsys, "--only-rule", "sns-topic-no-public-access")["pairs"]] == [
        "COMPLIANT"
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["--parameter", "Key"], "'Key' is not NAME=VALUE.", id="no value"),
        pytest.param(["--parameter", "Kay=1"], "the template has no parameter Kay", id="no such parameter"),
        pytest.param(["--only-rule", "sns-encrypted"], "did you mean 'sns-encrypted-kms'?", id="no such rule"),
        pytest.param(["--against", "mane"], "mane is neither a file nor a git revision", id="no such revision"),
        pytest.param(["gone.yaml"], "gone.yaml: there is no such file", id="no such template"),
        pytest.param(["--rules", "gone.yaml"], "gone.yaml: there is no such file", id="no such catalogue"),
    ],
)
def test_a_mistake_is_one_sentence(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preview", *arguments]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert "Traceback" not in error


def test_a_template_with_a_mistake_is_named_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("template.yaml").write_text(OPEN.replace("!Ref Key,", "!Ref Kay,"))
    assert run(["preview"]) == 2
    assert "template.yaml:4:" in capsys.readouterr().err
