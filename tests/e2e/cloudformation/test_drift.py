"""Drift: what was changed by hand is found, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.stacks import CAPABILITIES, Stacks, broken, bucket, versioned

pytestmark = pytest.mark.slow
TRUTH = sorted((Path(__file__).parent.parent / "truth" / "templates").glob("*.yaml"))


def detected(stacks: Stacks, name: str) -> dict[str, Any]:
    detection = stacks.client.detect_stack_drift(StackName=name)["StackDriftDetectionId"]
    found: dict[str, Any] = stacks.client.describe_stack_drift_detection_status(StackDriftDetectionId=detection)
    return found


def drifts(stacks: Stacks, name: str, *statuses: str) -> dict[str, Any]:
    pages = stacks.client.describe_stack_resource_drifts(
        StackName=name, **({"StackResourceDriftStatusFilters": list(statuses)} if statuses else {})
    )
    return {drift["LogicalResourceId"]: drift for drift in pages["StackResourceDrifts"]}


def differences(drift: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    names = ("PropertyPath", "DifferenceType", "ExpectedValue", "ActualValue")
    return [tuple(each[name] for name in names) for each in drift["PropertyDifferences"]]


@pytest.mark.parametrize("path", TRUTH, ids=lambda path: path.stem)
def test_what_was_just_deployed_is_in_sync(path: Path, stacks: Stacks) -> None:
    body = path.read_text()
    stacks.client.create_stack(StackName=path.stem, TemplateBody=body, Capabilities=CAPABILITIES)
    assert stacks.settled(path.stem)["StackStatus"] == "CREATE_COMPLETE"
    assert detected(stacks, path.stem)["StackDriftStatus"] == "IN_SYNC"
    assert drifts(stacks, path.stem, "MODIFIED", "DELETED") == {}
    assert len(drifts(stacks, path.stem, "IN_SYNC")) > 5


def test_a_change_by_hand_is_found_with_both_values(stacks: Stacks) -> None:
    stacks.create("touched", {"Data": versioned(), "Other": bucket()}, Tags=[{"Key": "team", "Value": "a"}])
    where = {"Bucket": stacks.physical_id("touched", "Data")}
    stacks.aws.client("s3").put_bucket_versioning(**where, VersioningConfiguration={"Status": "Suspended"})
    status = detected(stacks, "touched")
    assert (status["StackDriftStatus"], status["DriftedStackResourceCount"]) == ("DRIFTED", 1)
    drift = drifts(stacks, "touched")["Data"]
    assert differences(drift) == [("/VersioningConfiguration/Status", "NOT_EQUAL", "Enabled", "Suspended")]
    assert json.loads(drift["ActualProperties"]) == {"VersioningConfiguration": {"Status": "Suspended"}}
    assert json.loads(drift["ExpectedProperties"]) == {"VersioningConfiguration": {"Status": "Enabled"}}


def test_stack_and_resources_tell_what_was_detected(stacks: Stacks) -> None:
    stacks.create("told", {"Data": versioned(), "Other": bucket()})
    before = stacks.settled("told")["DriftInformation"]
    assert before == {"StackDriftStatus": "NOT_CHECKED"}
    stacks.aws.client("s3").delete_bucket(Bucket=stacks.physical_id("told", "Other"))
    detected(stacks, "told")
    assert stacks.settled("told")["DriftInformation"]["StackDriftStatus"] == "DRIFTED"
    statuses = {name: each["DriftInformation"] for name, each in stacks.resources("told").items()}
    assert statuses["Data"]["StackResourceDriftStatus"] == "IN_SYNC"
    assert statuses["Other"]["StackResourceDriftStatus"] == "DELETED"
    assert "ActualProperties" not in drifts(stacks, "told", "DELETED")["Other"]


def test_an_update_makes_the_detection_a_thing_of_the_past(stacks: Stacks) -> None:
    stacks.create("renewed", {"Data": versioned()})
    detected(stacks, "renewed")
    stacks.update("renewed", {"Data": versioned("Suspended")})
    assert stacks.settled("renewed")["DriftInformation"] == {"StackDriftStatus": "NOT_CHECKED"}


def test_one_resource_can_be_looked_at_alone(stacks: Stacks) -> None:
    stacks.create("single", {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": 5}}})
    url = stacks.physical_id("single", "Queue")
    stacks.aws.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "9"})
    found = stacks.client.detect_stack_resource_drift(StackName="single", LogicalResourceId="Queue")
    drift = found["StackResourceDrift"]
    assert differences(drift) == [("/DelaySeconds", "NOT_EQUAL", "5", "9")]
    assert drift["StackResourceDriftStatus"] == "MODIFIED"


def test_a_stack_that_did_not_come_to_be_has_no_drift(stacks: Stacks) -> None:
    stacks.create("never", {"Bad": broken()})
    with pytest.raises(ClientError, match="ROLLBACK_COMPLETE"):
        stacks.client.detect_stack_drift(StackName="never")


def test_a_detection_that_nobody_began_is_unknown(stacks: Stacks) -> None:
    with pytest.raises(ClientError, match="nothing-of-the-kind"):
        stacks.client.describe_stack_drift_detection_status(StackDriftDetectionId="nothing-of-the-kind-" + "0" * 17)


def test_a_type_that_nothing_reads_is_not_checked(stacks: Stacks) -> None:
    parameter = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "a"}}
    stacks.create("unread", {"Parameter": parameter, "Body": {**bucket(), "DependsOn": "Parameter"}})
    assert detected(stacks, "unread")["StackDriftStatus"] == "IN_SYNC"
    summary = stacks.resources("unread")["Parameter"]
    assert summary["DriftInformation"]["StackResourceDriftStatus"] == "NOT_CHECKED"
    with pytest.raises(ClientError, match="not supported for drift detection"):
        stacks.client.detect_stack_resource_drift(StackName="unread", LogicalResourceId="Parameter")
