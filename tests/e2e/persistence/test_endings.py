"""How a local AWS with `--data` ends, and what it leaves behind."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.e2e.persistence import everything
from tests.e2e.persistence.process import Running, fitness_local, runs, up
from tests.e2e.waiting import eventually

pytestmark = pytest.mark.slow


def _bucket(folder: Path) -> list[str]:
    with up(folder) as again:
        return [each["Name"] for each in again.client("s3").list_buckets()["Buckets"]]


def _saved_since(folder: Path, moment: float) -> bool:
    file = folder / "local-aws.state"
    return file.exists() and file.stat().st_mtime > moment


def test_a_kill_loses_at_most_seconds(tmp_path: Path) -> None:
    with up(tmp_path, TMPDIR=str(tmp_path)) as first:
        first.client("s3").create_bucket(Bucket="early", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        assert eventually(lambda: _saved_since(tmp_path, 0))
        first.stop(signal.SIGKILL)
    assert _bucket(tmp_path) == ["early"]


def test_it_ends_without_a_trace_whatever_is_under_way_and_however_often_it_is_told(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with up(tmp_path / "data", TMPDIR=str(temporary)) as running:
        everything.create(running)
        _wait_for_an_answer_that_never_comes(running)
        process = everything.process(running)
        assert runs(process)
        began = time.monotonic()
        assert running.stop(signal.SIGINT, signal.SIGINT, signal.SIGTERM) == 0
        assert time.monotonic() - began < 20
    assert not runs(process)
    assert not list(temporary.iterdir())
    assert running.said == "\nStopped.\n"


def _wait_for_an_answer_that_never_comes(aws: Running) -> None:
    topic = '"Topic": {"Type": "AWS::SNS::Topic"}'
    silent = '"Silent": {"Type": "Custom::Silent", "Properties": {"ServiceToken": {"Ref": "Topic"}}}'
    body = f'{{"Resources": {{{topic}, {silent}}}}}'
    aws.client("cloudformation").create_stack(StackName="silent", TemplateBody=body)


def test_another_port_is_told_apart(saved: Path, tmp_path: Path) -> None:
    with up(Path(shutil.copytree(saved, tmp_path / "data"))) as elsewhere:
        elsewhere.stop()
    assert "names that address (queue URLs in outputs and in functions' environments)" in elsewhere.said


def test_nobody_but_the_user_may_read_or_write_it(saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in saved.iterdir()} == {0o600}


def test_a_second_one_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with up(tmp_path) as first:
        second = fitness_local("up", "--port", "0", "--data", str(tmp_path))
        assert second.returncode == 2
        assert f"is in use by process {first.pid} at {first.url}: stop that one" in second.stderr


def test_a_file_that_cannot_be_used_is_named_with_the_cure_and_left_alone(saved: Path, tmp_path: Path) -> None:
    content = (saved / "local-aws.state").read_bytes()
    file = tmp_path / "local-aws.state"
    file.write_bytes(content[:-100])
    refused = fitness_local("up", "--port", "0", "--data", str(tmp_path))
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert f"{file} is damaged" in refused.stderr
    assert f"`fitness local reset --data {tmp_path}`" in refused.stderr
    assert file.read_bytes() == content[:-100]


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    refused = fitness_local("up", "--port", "0", "--data", "/proc/nowhere")
    assert refused.returncode == 2
    assert "The data folder /proc/nowhere cannot be used" in refused.stderr
