"""`fitness check` and `fitness render` on a project of two files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.reports.cards import RULES
from workbench.cli import run

RENDERED = Path("config-rules/template.yaml")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue, and a template that lists its rules."""
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES)
    Path("config-rules").mkdir()
    Path("config-rules/template.yaml.j2").write_text("{% for rule in rules %}{{ rule.id }}\n{% endfor %}")


def test_rendering_makes_a_project_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 1
    assert run(["render"]) == 0
    assert "config-rules/template.yaml: written" in capsys.readouterr().out
    assert run(["check"]) == 0


def test_what_is_stale_is_named_with_its_cure(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 1
    assert "config-rules/template.yaml: not what rules.yaml says; run `fitness render`." in capsys.readouterr().err


def test_checking_the_rendering_writes_nothing() -> None:
    assert run(["render", "--check"]) == 1
    assert not RENDERED.exists()


def test_a_change_of_weight_needs_no_rendering() -> None:
    run(["render"])
    Path("rules.yaml").write_text(RULES.replace("severity: low", "severity: low\n    weight: 8"))
    assert run(["render", "--check"]) == 0


def test_a_catalogue_of_its_own_can_be_checked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("elsewhere").mkdir()
    Path("elsewhere/rules.yaml").write_text(RULES)
    assert run(["check", "--rules", "elsewhere/rules.yaml"]) == 0
    assert "elsewhere/rules.yaml: valid, 3 rules, 3 in the score, 1 blocking." in capsys.readouterr().out


def test_rendering_without_a_template_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    Path("config-rules/template.yaml.j2").unlink()
    assert run(["render"]) == 2
    assert "there is no folder config-rules with a template beside it" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "render"])
def test_an_invalid_catalogue_ends_with_2(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("rules.yaml").write_text("version: 2")
    assert run([command]) == 2
    assert capsys.readouterr().err.startswith("Error: rules.yaml:1:")
