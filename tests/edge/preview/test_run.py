"""A preview from files: settings of the SAM CLI, another version of the template, a git revision."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fitness import catalogue
from fitness.model import Outcome, Status

from workbench.preview import Preview, Request, run
from workbench.problems import UserError
from workbench.templates import InvalidTemplate

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
RULES = catalogue.load(
    """
version: 1
categories: {security: {title: Security}}
gate: {minimum: 0}
rules:
  sns-encrypted-kms: {title: x, category: security, severity: high, resource_types: [AWS::SNS::Topic]}
"""
)
TEMPLATE = """
Parameters: {Key: {Type: String, Default: ""}}
Conditions: {Encrypted: !Not [!Equals [!Ref Key, ""]]}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: {KmsMasterKeyId: !If [Encrypted, !Ref Key, !Ref AWS::NoValue]}
"""
ENCRYPTED = "Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: alias/orders}}}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    return tmp_path


def preview(folder: Path, **options: Any) -> Preview:
    return run(Request(str(folder / "template.yaml"), **options), RULES, NOW)


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    subprocess.run(("git", "-C", str(folder), *identity, *arguments), check=True, capture_output=True)  # noqa: S603, S607


def commit(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x")


def test_defaults_of_the_template_hold(folder: Path) -> None:
    shown = preview(folder)
    assert shown.card.figures.fitness == 0
    assert shown.card.snapshot.stack == "preview"


def test_parameters_are_given_on_the_command_line(folder: Path) -> None:
    assert preview(folder, parameters={"Key": "alias/orders"}).card.figures.fitness == 100


def test_samconfig_names_stack_and_parameters(folder: Path) -> None:
    overrides = 'stack_name = "orders"\nregion = "eu-west-1"\nparameter_overrides = "Key=alias/a Gone=1"'
    (folder / "samconfig.toml").write_text(f"[default.deploy.parameters]\n{overrides}\n")
    card = preview(folder).card
    assert (card.figures.fitness, card.snapshot.stack, card.snapshot.region) == (100, "orders", "eu-west-1")


def test_a_stack_is_as_the_sam_cli_would_create_it(folder: Path) -> None:
    rule = "cloudformation-stack-notification-check"
    assert preview(folder, rules=[rule]).card.judgement.pairs[0].status is Status.INSUFFICIENT_DATA
    (folder / "samconfig.toml").write_text("[default.deploy.parameters]\n")
    assert preview(folder, rules=[rule]).card.judgement.pairs[0].status is Status.NON_COMPLIANT


def test_a_parameter_that_does_not_exist_is_refused(folder: Path) -> None:
    with pytest.raises(InvalidTemplate, match="the template has no parameter Kay"):
        preview(folder, parameters={"Kay": "x"})


def test_places_lead_into_the_template(folder: Path) -> None:
    place = preview(folder).places["sns-encrypted-kms", "Topic"]
    assert str(place) == f"{folder}/template.yaml:7:18"


def test_unresolved_values_have_their_place(folder: Path) -> None:
    (folder / "template.yaml").write_text(ENCRYPTED.replace("alias/orders", "!ImportValue key"))
    ((found, place),) = preview(folder).unresolved
    assert (found.reason, place.line) == ("the export key of another stack", 1)


def test_another_file_is_the_baseline(folder: Path) -> None:
    (folder / "then.yaml").write_text(ENCRYPTED)
    card = preview(folder, against=str(folder / "then.yaml")).card
    assert card.verdict.outcome is Outcome.FAIL
    assert card.judgement.change is not None
    assert card.judgement.change.architecture_changed


def test_a_parameter_that_the_other_version_does_not_have_is_left_out(folder: Path) -> None:
    (folder / "then.yaml").write_text(ENCRYPTED)
    card = preview(folder, against=str(folder / "then.yaml"), parameters={"Key": "alias/orders"}).card
    assert card.verdict.outcome is Outcome.PASS


def test_a_git_revision_is_the_baseline(folder: Path) -> None:
    commit(folder)
    (folder / "template.yaml").write_text(ENCRYPTED)
    change = preview(folder, against="HEAD").card.judgement.change
    assert change is not None
    assert [pair.resource for pair in change.fixed] == ["Topic"]


def test_nested_templates_are_read_at_the_revision_too(folder: Path) -> None:
    nested = "Resources: {Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: parts/child.yaml}}}"
    (folder / "parts").mkdir()
    (folder / "template.yaml").write_text(nested)
    (folder / "parts/child.yaml").write_text(ENCRYPTED)
    commit(folder)
    (folder / "parts/child.yaml").write_text(ENCRYPTED.replace("alias/orders", '""'))
    change = preview(folder, against="HEAD").card.judgement.change
    assert change is not None
    assert [pair.resource for pair in change.regressed] == ["Nested/Topic"]


def test_what_is_neither_file_nor_revision_is_refused(folder: Path) -> None:
    commit(folder)
    with pytest.raises(UserError, match="mane is neither a file nor a git revision of the repository that holds"):
        preview(folder, against="mane")


def test_a_template_that_the_revision_does_not_have_is_refused(folder: Path) -> None:
    (folder / "template.yaml").rename(folder / "other.yaml")
    commit(folder)
    (folder / "template.yaml").write_text(TEMPLATE)
    with pytest.raises(UserError, match=r"template.yaml is not in the revision HEAD"):
        preview(folder, against="HEAD")


def test_a_folder_without_a_repository_has_no_revisions(folder: Path) -> None:
    with pytest.raises(UserError, match="HEAD is neither a file nor a git revision"):
        preview(folder, against="HEAD")


def test_a_preview_does_not_load_the_aws_sdk_and_leaves_it_loadable() -> None:
    program = """
import sys
from workbench.templates import load, prepare, pseudo_parameters
text = "Transform: AWS::Serverless-2016-10-31\\nResources: {T: {Type: AWS::Serverless::SimpleTable}}"
prepare(load(text, "t"), {}, pseudo_parameters("eu-west-1", "1", "s", "id"))
assert "samtranslator.translator.translator" in sys.modules
assert not {"boto3", "botocore.client"} & set(sys.modules)
import boto3
boto3.client("sts", region_name="eu-west-1")
"""
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603
