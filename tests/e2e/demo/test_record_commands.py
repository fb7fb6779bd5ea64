"""Scoring a live stack and keeping its record, against the local AWS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.reports.cards import RULES
from workbench.cli import run
from workbench.local import exports
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow
TEMPLATE = json.dumps({"Resources": {"RecordsBucket": {"Type": "AWS::S3::Bucket"}}})


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws() as local:
        for name, template in (("orders", TEMPLATE), ("bare", TEMPLATE.replace("Records", "Other"))):
            cloudformation = local.client("cloudformation")
            cloudformation.create_stack(StackName=name, TemplateBody=template)
            cloudformation.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 0.1})
        yield local


@pytest.fixture(autouse=True)
def terminal(aws: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a catalogue, and the environment that `fitness local up` tells to type."""
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES)
    for name, value in exports(aws).items():
        monkeypatch.setenv(name, value)


def test_a_live_stack_is_scored_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "orders", "--format", "json", "--save", "snapshot.json"]) == 3
    card = json.loads(capsys.readouterr().out)
    assert [pair["cause"] for pair in card["pairs"]] == ["rule_missing", "rule_missing"]
    assert run(["score", "--snapshot", "snapshot.json", "--format", "json"]) == 3
    assert json.loads(capsys.readouterr().out) == card


def test_what_is_accepted_is_shown_and_recorded(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["baseline", "accept", "orders"]) == 0
    assert run(["baseline", "show", "orders"]) == 0
    assert "Baseline of orders: n/a, INCONCLUSIVE" in capsys.readouterr().out
    assert run(["history", "orders"]) == 0
    assert "INCONCLUSIVE  Accepted" in capsys.readouterr().out


def test_a_shown_baseline_serves_to_score(capsys: pytest.CaptureFixture[str]) -> None:
    run(["baseline", "accept", "orders"])
    capsys.readouterr()
    run(["baseline", "show", "orders", "--format", "json"])
    Path("baseline.json").write_text(capsys.readouterr().out)
    run(["score", "orders", "--baseline", "baseline.json", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["change"]["resources_added"] == []


def test_the_html_report_shows_the_recorded_runs() -> None:
    run(["baseline", "accept", "orders"])
    run(["score", "orders", "--format", "html", "--output", "report.html"])
    report = Path("report.html").read_text()
    assert "<td>INCONCLUSIVE<td>Accepted<td>" in report
    assert "<code>fitness score orders --format html --output report.html</code>" in report


def test_the_html_report_of_a_stack_without_records_says_so() -> None:
    run(["score", "bare", "--format", "html", "--output", "report.html"])
    assert "No recorded run was read." in Path("report.html").read_text()


def test_a_pinned_baseline_says_so_until_it_is_unpinned(capsys: pytest.CaptureFixture[str]) -> None:
    run(["baseline", "accept", "orders"])
    for command, says in (("pin", "pinned: kept"), ("unpin", "moves with every release")):
        assert run(["baseline", command, "orders"]) == 0
        run(["baseline", "show", "orders"])
        assert says in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "sentence", "code"),
    [
        pytest.param(["score", "nope"], "Stack with id nope does not exist; check the name", 4, id="no such stack"),
        pytest.param(["baseline", "show", "bare"], "The stack bare has no RecordsBucket", 2, id="no records"),
        pytest.param(["score", "x", "--endpoint-url", "http://127.0.0.1:1"], "check --endpoint-url", 4, id="no answer"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    arguments: list[str], sentence: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    error = capsys.readouterr().err
    assert sentence in error
    assert len(error.splitlines()) == 1
