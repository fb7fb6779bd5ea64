"""The loop of the README with the released clients: release, look, change a weight, be refused, change things by hand.

The fixtures are the steps of one story, each after the one that it names; the tests are what a user sees at each step.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from tests.e2e.clients.application import STACK, Application
from tests.e2e.clients.terminal import Done, Terminal
from tests.e2e.waiting import eventually
from workbench.demo import edits, project
from workbench.render import ROOT

pytestmark = pytest.mark.slow
PUBLIC, LEVEL = "s3-bucket-public-read-prohibited", "s3-bucket-level-public-access-prohibited"
HTTPS = "s3-bucket-ssl-requests-only"
BUCKET = ("AWS::S3::Bucket", "EncryptedBucket")


@dataclass(frozen=True)
class Step:
    """What a release said, and what a user reads after it."""

    said: Done
    card: Mapping[str, Any]
    metric: float


def look(application: Application, said: Done) -> Step:
    """The step, once the recorder has published what `fitness score` says."""
    card = application.scorecard()
    (metric,) = eventually(application.newest_metric, is_so=lambda values: rounded(values) == [card["fitness"]])
    return Step(said, card, metric)


def rounded(values: Sequence[float]) -> list[float]:
    """As `fitness score` tells its figures to programs."""
    return [round(value, 6) for value in values]


@pytest.fixture(scope="module")
def application(terminal: Terminal) -> Application:
    copied = project.copy(ROOT, terminal.folder / "application")
    copied.edit("rules.yaml", edits.settle_soon)
    return Application(copied, terminal.inside(copied.folder))


@pytest.fixture(scope="module")
def released(application: Application) -> Step:
    return look(application, application.release())


@pytest.fixture(scope="module")
def reweighted(application: Application, released: Step) -> Step:
    application.project.edit("rules.yaml", lambda rules: rules.replace("medium: 5,", "medium: 9,"))
    return look(application, application.release())


@pytest.fixture(scope="module")
def refused(application: Application, reweighted: Step) -> Step:
    """A bucket is opened to everyone, together with new code."""
    application.project.edit("template.yaml", edits.publish_a_bucket)
    application.project.edit("src/first.py", partial(edits.stamp, precision="seconds"))
    return look(application, application.release())


@dataclass(frozen=True)
class Drift:
    """What Config and `fitness score` say once the bucket was opened by hand, and what the next release said."""

    policy_before: str
    violated: Sequence[str]
    score: Done
    release: Done
    version: str


@pytest.fixture(scope="module")
def drifted(application: Application, refused: Step) -> Drift:
    bucket, by_hand = application.physical_id("EncryptedBucket"), application.terminal.aws
    policy: str = by_hand("s3api", "get-bucket-policy", "--bucket", bucket)["Policy"]
    by_hand("s3api", "delete-public-access-block", "--bucket", bucket)
    by_hand("s3api", "put-bucket-policy", "--bucket", bucket, "--policy", open_policy(bucket))
    violated = eventually(lambda: application.violated(*BUCKET), is_so=lambda rules: PUBLIC in rules)
    score = application.terminal.run("fitness", "score", STACK)
    application.project.edit("template.yaml", lambda _: (ROOT / "template.yaml").read_text())
    return Drift(policy, violated, score, application.release(), application.version("FirstFunction"))


@pytest.fixture(scope="module")
def set_right(application: Application, drifted: Drift) -> Step:
    """The bucket is closed by hand, and what was refused is released again."""
    bucket, by_hand = application.physical_id("EncryptedBucket"), application.terminal.aws
    closed = "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true"
    by_hand("s3api", "put-bucket-policy", "--bucket", bucket, "--policy", drifted.policy_before)
    by_hand("s3api", "put-public-access-block", "--bucket", bucket, "--public-access-block-configuration", closed)
    assert PUBLIC not in eventually(lambda: application.violated(*BUCKET), is_so=lambda rules: PUBLIC not in rules)
    return look(application, application.release())


def open_policy(bucket: str) -> str:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_the_application_is_released(released: Step) -> None:
    assert released.said.returncode == 0, released.said.stdout
    assert f"Successfully created/updated stack - {STACK} in eu-west-1" in released.said.stdout
    assert released.card["verdict"]["outcome"] == "PASS"


def test_sam_tells_what_is_deployed_and_where(application: Application, released: Step) -> None:
    outputs = json.loads(
        application.terminal("sam", "list", "stack-outputs", "--stack-name", STACK, "--output", "json")
    )
    assert application.physical_id("EncryptedBucket") in [output["OutputValue"] for output in outputs]
    listed = json.loads(application.terminal("sam", "list", "endpoints", "--stack-name", STACK, "--output", "json"))
    (endpoint,) = (each["CloudEndpoint"] for each in listed if each["LogicalResourceId"] == "Api")
    assert [url.endswith("/Prod") for url in endpoint] == [True]


def test_sam_invokes_a_function_and_reads_its_log(application: Application, released: Step) -> None:
    event = json.dumps({"httpMethod": "GET"})
    said = application.terminal("sam", "remote", "invoke", "FirstFunction", "--stack-name", STACK, "--event", event)
    assert json.loads(said)["statusCode"] == 405
    assert '"message": "answered"' in application.terminal(
        "sam", "logs", "--name", "FirstFunction", "--stack-name", STACK
    )


def test_a_release_of_what_is_deployed_changes_nothing(application: Application, released: Step) -> None:
    assert "No changes to deploy. Stack config-fitness is up to date" in application.release().stdout


def test_a_weight_that_was_edited_changes_the_fitness_and_the_metric(released: Step, reweighted: Step) -> None:
    assert reweighted.said.returncode == 0, reweighted.said.stdout
    assert reweighted.card["fitness"] < released.card["fitness"]
    assert reweighted.metric < released.metric


def test_a_refused_release_tells_why_in_the_table_of_events(application: Application, refused: Step) -> None:
    assert refused.said.returncode == 1
    failed = "\n".join(line for line in refused.said.stdout.splitlines() if line.startswith("UPDATE_FAILED"))
    assert re.search(r"CodeDeploy deployment d-\w+ failed. .* hook function CodeDeployHook_\S+ reported Failed", failed)
    assert "UPDATE_ROLLBACK_COMPLETE " in refused.said.stdout
    assert "the stack: config-fitness" in refused.said.stderr


def test_after_a_refusal_everything_is_as_it_was(application: Application, reweighted: Step, refused: Step) -> None:
    assert application.status() == "UPDATE_ROLLBACK_COMPLETE"
    assert application.version("FirstFunction") == "1"
    assert refused.metric == reweighted.metric
    assert violations(refused.card) == violations(reweighted.card)


def violations(card: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(pair["rule"], pair["resource"]) for pair in card["pairs"] if pair["status"] == "NON_COMPLIANT"]


def test_codedeploy_tells_which_deployments_failed(application: Application, refused: Step) -> None:
    listed = application.terminal.aws("deploy", "list-deployments", "--include-only-statuses", "Failed", "Stopped")
    infos = [application.deployment(deployment) for deployment in listed["deployments"]]
    (failed,) = {info["errorInformation"]["code"] for info in infos if info["status"] == "Failed"}
    assert failed == "HOOK_EXECUTION_FAILURE"


def test_the_history_names_the_verdict_of_every_release(application: Application, refused: Step) -> None:
    said = " ".join(application.terminal("fitness", "history", STACK).split())
    assert re.search(r"PASS Recorded", said)
    assert re.search(rf"FAIL Failed EncryptedBucket violates the blocking rule {PUBLIC[:20]}", said)


def test_a_change_by_hand_turns_the_rules_red_and_lowers_the_fitness(drifted: Drift) -> None:
    assert {PUBLIC, LEVEL, HTTPS} <= set(drifted.violated)
    assert drifted.score.returncode == 1
    assert f"EncryptedBucket violates the blocking rule {PUBLIC}" in " ".join(drifted.score.stdout.split())


def test_the_next_release_is_refused_for_what_was_changed_by_hand(drifted: Drift) -> None:
    assert drifted.release.returncode == 1
    assert "reported Failed" in drifted.release.stdout
    assert drifted.version == "1"


def test_set_right_by_hand_the_next_release_passes(application: Application, set_right: Step) -> None:
    assert set_right.said.returncode == 0, set_right.said.stdout
    assert set_right.card["verdict"]["outcome"] == "PASS"
    assert int(application.version("FirstFunction")) > 1
