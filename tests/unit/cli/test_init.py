"""`fitness init`: what it writes, and what it refuses to overwrite."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitness import catalogue

from tests.unit.init.applications import TEMPLATE
from workbench.cli import run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("template.yaml").write_text(TEMPLATE)
    return tmp_path


def test_the_catalogue_is_written_and_the_snippet_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# What template.yaml needs")
    assert err == "rules.yaml: written, 20 rules, 15 in the score, 3 blocking.\n"
    assert len(catalogue.load(Path("rules.yaml").read_text()).rules) == 20


def test_the_catalogue_goes_beside_the_template() -> None:
    Path("app").mkdir()
    Path("template.yaml").rename("app/template.yaml")
    assert run(["init", "app/template.yaml"]) == 0
    assert Path("app/rules.yaml").exists()


def test_what_exists_is_kept_unless_forced(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rules.yaml").write_text("mine")
    assert run(["init"]) == 2
    assert "rules.yaml: there already; overwrite with --force" in capsys.readouterr().err
    assert Path("rules.yaml").read_text() == "mine"
    assert run(["init", "--force"]) == 0
    assert Path("rules.yaml").read_text() != "mine"


def test_another_file_is_named_with_output() -> None:
    assert run(["init", "--output", "first.yaml"]) == 0
    assert Path("first.yaml").exists()
    assert not Path("rules.yaml").exists()


def test_the_code_is_copied_and_rendered_from_the_catalogue() -> None:
    assert run(["init", "--code"]) == 0
    assert Path("hook/rules.yaml").resolve() == Path("rules.yaml").resolve()
    assert Path("hook/template.yaml").resolve() == Path("template.yaml").resolve()
    assert "SQS_QUEUE_DLQ_CHECK" in Path("config-rules/template.yaml").read_text()
    assert run(["render", "--check"]) == 0


def test_code_that_exists_is_kept_unless_forced() -> None:
    Path("hook").mkdir()
    assert run(["init", "--code"]) == 2
    assert not Path("rules.yaml").exists()
    assert run(["init", "--code", "--force"]) == 0


def test_a_template_that_cannot_be_read_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("template.yaml").write_text("Resources: {A: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Gone}}}")
    assert run(["init"]) == 2
    assert capsys.readouterr().err.startswith("Error: template.yaml:1:")
    assert not Path("rules.yaml").exists()
