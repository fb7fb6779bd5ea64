"""`fitness local reset` empties a running local AWS, or the state of a stopped one."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3
from botocore.exceptions import ClientError

from tests.e2e.persistence import everything
from tests.e2e.persistence.process import Running, fitness_local, runs, up
from tests.e2e.waiting import eventually

pytestmark = pytest.mark.slow


def _is_empty(aws: Running) -> bool:
    stacks = aws.client("cloudformation").list_stacks()["StackSummaries"]
    rules = aws.client("config").describe_config_rules()["ConfigRules"]
    return not (stacks or rules or aws.client("s3").list_buckets()["Buckets"])


@pytest.fixture
def full(saved: Path, tmp_path: Path) -> Iterator[Running]:
    """A local AWS with everything, running."""
    with up(Path(shutil.copytree(saved, tmp_path / "data"))) as running:
        yield running


def _make_a_bucket(aws: Running) -> None:
    template = '{"Resources": {"Bucket": {"Type": "AWS::S3::Bucket"}}}'
    aws.client("cloudformation").create_stack(StackName="anew", TemplateBody=template)
    aws.client("cloudformation").get_waiter("stack_create_complete").wait(
        StackName="anew", WaiterConfig=everything.OFTEN
    )


def test_a_running_one_is_emptied_works_anew_and_stays_empty(full: Running, tmp_path: Path) -> None:
    done = fitness_local("reset", "--port", full.port, "--yes")
    assert (done.returncode, done.stdout) == (0, f"Emptied the local AWS at {full.url}.\n")
    assert _is_empty(full)
    _make_a_bucket(full)
    assert fitness_local("reset", "--yes", AWS_ENDPOINT_URL=full.url).returncode == 0
    full.stop()
    with up(tmp_path / "data") as again:
        assert _is_empty(again)


def test_functions_end_with_what_they_belonged_to(full: Running, tmp_path: Path) -> None:
    process = everything.process(full)
    assert runs(process)
    fitness_local("reset", "--data", str(tmp_path / "data"), "--yes")
    assert eventually(lambda: not runs(process))


def test_a_stopped_one_loses_its_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with up(tmp_path) as running:
        running.stop()
    done = fitness_local("reset", "--data", str(tmp_path), "--yes")
    assert (done.returncode, done.stdout) == (0, f"Emptied the data folder {tmp_path}.\n")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    refused = fitness_local("reset", "--data", str(tmp_path), "--yes")
    assert refused.returncode == 2
    assert "holds no state of a local AWS: nothing is deleted" in refused.stderr


def test_nothing_is_deleted_without_a_yes(saved: Path) -> None:
    refused = fitness_local("reset", "--data", str(saved))
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert (saved / "local-aws.state").exists()


def test_nobody_there_is_told_with_the_cure() -> None:
    refused = fitness_local("reset", "--port", "1", "--yes")
    assert refused.returncode == 4
    assert "No local AWS answers at http://127.0.0.1:1: name the --port of a running one" in refused.stderr


def test_another_machine_is_never_asked() -> None:
    refused = fitness_local("reset", "--yes", AWS_ENDPOINT_URL="https://s3.amazonaws.com")
    assert refused.returncode == 2
    assert "https://s3.amazonaws.com is not on this machine" in refused.stderr


def test_a_page_in_a_browser_cannot_do_it(again: Running) -> None:
    browser = {"Origin": "https://example.com"}
    assert urllib3.request("POST", f"{again.url}/moto-api/reset", headers=browser).status == 403
    assert everything.stack(again)


def test_what_was_under_way_does_not_come_back(tmp_path: Path) -> None:
    with up(tmp_path) as running:
        cloudformation = running.client("cloudformation")
        topic = '"Topic": {"Type": "AWS::SNS::Topic"}'
        silent = '"Silent": {"Type": "Custom::Silent", "Properties": {"ServiceToken": {"Ref": "Topic"}}}'
        cloudformation.create_stack(StackName="silent", TemplateBody=f'{{"Resources": {{{topic}, {silent}}}}}')
        assert fitness_local("reset", "--port", running.port, "--yes").returncode == 0
        with pytest.raises(ClientError, match="does not exist"):
            cloudformation.describe_stacks(StackName="silent")
        assert running.stop(signal.SIGINT) == 0
