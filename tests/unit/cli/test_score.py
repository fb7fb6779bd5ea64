"""`fitness score --snapshot` as scripts and people use it: report, exit code, files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitness import scorecard, snapshot

from tests.unit.reports.cards import READ, RULES, VERSIONS, Statuses, card_of, snapshot_of
from workbench.cli import run

GOOD: Statuses = {READ: {"Bucket": "c"}, VERSIONS: {"Bucket": "c"}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a catalogue and the snapshot of a good stack."""
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES)
    record(GOOD)
    return tmp_path


def record(statuses: Statuses) -> None:
    Path("snapshot.json").write_text(json.dumps(snapshot.to_json(snapshot_of(statuses))))


SCORE = ["score", "--snapshot", "snapshot.json"]


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        pytest.param(GOOD, 0, id="pass ends with 0"),
        pytest.param({READ: {"Bucket": "n"}}, 1, id="fail ends with 1"),
        pytest.param({READ: {"Bucket": "?"}}, 3, id="inconclusive ends with 3"),
        pytest.param({}, 0, id="warn ends with 0"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_the_verdict_is_the_exit_code(statuses: Statuses, code: int) -> None:
    record(statuses)
    assert run(SCORE) == code


@pytest.mark.usefixtures("folder")
def test_json_is_the_scorecard_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    run([*SCORE, "--format", "json"])
    assert json.loads(capsys.readouterr().out) == scorecard.to_json(card_of(GOOD))


@pytest.mark.usefixtures("folder")
def test_a_report_in_a_file_leaves_stdout_empty(capsys: pytest.CaptureFixture[str]) -> None:
    run([*SCORE, "--output", "report.txt"])
    assert Path("report.txt").read_text().startswith(" PASS ")
    assert capsys.readouterr() == ("", "PASS: Nothing got worse and nothing is in the way. (report in report.txt)\n")


@pytest.mark.usefixtures("folder")
def test_a_scorecard_serves_as_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    run([*SCORE, "--format", "json", "--output", "baseline.json"])
    record({READ: {"Bucket": "n"}, VERSIONS: {"Bucket": "c"}})
    assert run([*SCORE, "--baseline", "baseline.json"]) == 1
    assert "Change   -80.0  since the baseline" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_a_saved_snapshot_scores_the_same() -> None:
    run([*SCORE, "--save", "copy.json"])
    assert json.loads(Path("copy.json").read_text()) == json.loads(Path("snapshot.json").read_text())


@pytest.mark.parametrize(
    ("content", "arguments", "sentence"),
    [
        pytest.param("", ["--snapshot", "no.json"], "no.json: there is no such file; check the path.", id="no file"),
        pytest.param("{", SCORE[1:], "snapshot.json: not valid JSON: ", id="broken snapshot"),
        pytest.param("{}", SCORE[1:], "snapshot.json: version must be 1, the only version there is.", id="not ours"),
        pytest.param("", [*SCORE[1:], "--rules", "."], ".: Is a directory; run in the folder", id="rules is a folder"),
        pytest.param("", [*SCORE[1:], "--output", "no/where"], "there is no folder no; create it first.", id="output"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_mistake_is_one_sentence_and_ends_with_2(
    content: str, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("snapshot.json").write_text(content)
    assert run(["score", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("folder")
def test_a_mistake_in_the_catalogue_names_line_and_column(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rules.yaml").write_text(RULES.replace("severity: low", "severity: lwo"))
    assert run(SCORE) == 2
    assert capsys.readouterr().err.startswith("Error: rules.yaml:18:15: rules.s3-bucket-versioning-enabled.severity")
