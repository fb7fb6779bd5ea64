"""The command as a process: pipes that close, interrupts, terminals without our signs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fitness import snapshot

from tests.unit.reports.cards import READ, RULES, snapshot_of

FITNESS = f"{sys.executable} -m workbench.cli"
SCORE = f"{FITNESS} score --snapshot snapshot.json"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stack that fails."""
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES)
    Path("snapshot.json").write_text(json.dumps(snapshot.to_json(snapshot_of({READ: {"Bucket": "n"}}))))


def shell(line: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", "-o", "pipefail", "-c", line]
    return subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=False)  # noqa: S603


def test_a_reader_that_goes_away_changes_nothing() -> None:
    done = shell(f"{SCORE} --format json | head -c 1")
    assert (done.returncode, done.stdout, done.stderr) == (1, "{", "")


def test_a_closed_pipe_of_the_help_is_no_error() -> None:
    done = shell(f"{FITNESS} --help | true")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_without_our_signs_gets_a_report() -> None:
    done = shell(SCORE, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "FAIL  Bucket violates the blocking rule" in done.stdout


def test_a_snapshot_may_come_from_a_pipe() -> None:
    done = shell(f"cat snapshot.json | {FITNESS} score --snapshot -")
    assert "FAIL" in done.stdout


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_the_local_aws_stops_cleanly_when_it_is_told_to(sent: signal.Signals) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "workbench.cli", "local", "up", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert started.stdout
    assert "AWS is up at http://127.0.0.1:" in started.stdout.readline()
    time.sleep(0.1)
    started.send_signal(sent)
    _, error = started.communicate(timeout=30)
    assert (started.returncode, error) == (0, "\nStopped.\n")


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    done = shell(f"{FITNESS} local up --port 70000")
    assert done.returncode == 2
    assert "70000 is not in the range" in done.stderr
