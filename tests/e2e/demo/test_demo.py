"""The demo as a newcomer runs it, once, in a pipe: the story, the files, and nothing left behind."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from workbench.render import ROOT

pytestmark = pytest.mark.slow
# Of processor time: how long it takes by the clock depends on what else the machine does.
LIMIT = 90


@dataclass(frozen=True)
class Played:
    """What the demo said and wrote."""

    code: int
    said: str
    folder: Path
    seconds: float
    worked: float
    marker: str

    @property
    def text(self) -> str:
        """What was said, whatever the width that it was said in."""
        return " ".join(self.said.split())

    def scorecard(self, name: str) -> dict[str, object]:
        found: dict[str, object] = json.loads((self.folder / "scorecards" / name).read_text())
        return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The demo in a folder that an earlier one has left, in a process group that can be told by its environment."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "left-over").write_text("of an earlier demo")
    marker = f"FITNESS_DEMO_TEST={os.getpid()}"
    environment = os.environ | dict([marker.split("=")]) | {"AWS_PROFILE": "a-profile-that-does-not-exist"}
    begun, worked = time.monotonic(), processor_time()
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "workbench.cli", "demo", "--directory", str(folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Played(
        done.returncode, done.stdout + done.stderr, folder, time.monotonic() - begun, processor_time() - worked, marker
    )


def processor_time() -> float:
    """Seconds that processors have worked for the commands started here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_it_ends_well_and_in_time(demo: Played) -> None:
    assert demo.code == 0, demo.said
    assert demo.worked < LIMIT


def test_an_improvement_is_accepted_and_the_metric_read_back(demo: Played) -> None:
    assert "CodeDeploy was told Succeeded" in demo.text
    assert "CloudWatch: the metric Fitness was" in demo.text
    first, second = (demo.scorecard(name)["fitness"] for name in ("1-first.json", "2-improvement.json"))
    assert isinstance(first, float)
    assert isinstance(second, float)
    assert second > first


def test_the_treachery_is_refused_by_the_pair_that_broke(demo: Played) -> None:
    assert "FAIL EncryptedBucket violates the blocking rule s3-bucket-public-read-prohibited" in demo.text
    assert "CodeDeploy was told Failed" in demo.text
    card = demo.scorecard("3-treachery.json")
    assert {"rule": "s3-bucket-public-read-prohibited", "resource": "EncryptedBucket"} in card["change"]["regressed"]  # type: ignore[index]


def test_every_level_would_have_let_it_pass(demo: Played) -> None:
    assert "Every level would rise" in demo.text


def test_the_stack_is_rolled_back(demo: Played) -> None:
    assert "The stack is UPDATE_ROLLBACK_COMPLETE" in demo.text


def test_a_pipe_gets_plain_lines(demo: Played) -> None:
    assert "\x1b" not in demo.said
    assert max(len(line) for line in demo.said.splitlines()) <= 80


def test_each_release_left_a_report_to_look_at(demo: Played) -> None:
    reports = sorted((demo.folder / "scorecards").glob("*.html"))
    assert [report.stem for report in reports] == ["1-first", "2-improvement", "3-treachery"]
    assert all("<html" in report.read_text() for report in reports)


def test_the_folder_is_fresh_and_the_repository_clean(demo: Played) -> None:
    assert not (demo.folder / "left-over").exists()
    assert not (ROOT / ".aws-sam").exists() or (ROOT / ".aws-sam").stat().st_mtime < time.time() - demo.seconds


def test_no_process_is_left(demo: Played) -> None:
    environments = [path for path in Path("/proc").glob("[0-9]*/environ") if _readable(path)]
    assert [path for path in environments if demo.marker.encode() in path.read_bytes()] == []


def _readable(path: Path) -> bool:
    try:
        path.read_bytes()
    except OSError:
        return False
    return True
