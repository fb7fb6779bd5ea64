"""Ways out of an operation that got stuck or is no longer wanted."""

from __future__ import annotations

import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.stacks import Stacks, broken, bucket, template, versioned
from tests.e2e.cloudformation.test_custom_resources import resources as custom

pytestmark = pytest.mark.slow


def test_a_failed_creation_that_was_left_can_be_rolled_back(stacks: Stacks) -> None:
    stacks.create("left", {"Good": bucket(), "Bad": broken(DependsOn="Good")}, OnFailure="DO_NOTHING")
    stacks.client.rollback_stack(StackName="left")
    assert stacks.settled("left")["StackStatus"] == "ROLLBACK_COMPLETE"


def test_a_failed_update_that_was_left_can_be_rolled_back(stacks: Stacks) -> None:
    stacks.create("paused", {"Data": versioned()})
    resources = {"Data": versioned("Suspended"), "Bad": broken(DependsOn="Data")}
    stacks.update("paused", resources, DisableRollback=True)
    stacks.client.rollback_stack(StackName="paused")
    assert stacks.settled("paused")["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    where = {"Bucket": stacks.physical_id("paused", "Data")}
    assert stacks.aws.client("s3").get_bucket_versioning(**where)["Status"] == "Enabled"


def test_a_rollback_that_failed_goes_on_without_what_is_skipped(stacks: Stacks) -> None:
    stacks.create("stuck", custom("same", Size="1"))
    failing: dict[str, Any] = custom("failed", Size="2")
    failing["Function"] = {**failing["Function"], "Properties": {**failing["Function"]["Properties"]}}
    # From now on the function answers every update with a failure, also the one that takes it back.
    code = failing["Function"]["Properties"]["Code"]["ZipFile"].replace('answer == "failed"', "True")
    stacks.update("stuck", {**custom("same", Size="1"), "Function": function_with(failing, code)})
    assert stacks.update("stuck", {**failing, "Function": function_with(failing, code)})["StackStatus"] == (
        "UPDATE_ROLLBACK_FAILED"
    )
    with pytest.raises(ClientError, match="is in UPDATE_ROLLBACK_FAILED state and can not be updated"):
        stacks.update("stuck", custom("same", Size="3"))
    with pytest.raises(ClientError, match="Resource Nothing does not exist for stack stuck"):
        stacks.client.continue_update_rollback(StackName="stuck", ResourcesToSkip=["Nothing"])
    with pytest.raises(ClientError, match="Resource Function is not in UPDATE_FAILED state"):
        stacks.client.continue_update_rollback(StackName="stuck", ResourcesToSkip=["Function"])
    stacks.client.continue_update_rollback(StackName="stuck", ResourcesToSkip=["Thing"])
    assert stacks.settled("stuck")["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"


def function_with(resources: dict[str, Any], code: str) -> dict[str, Any]:
    properties = {**resources["Function"]["Properties"], "Code": {"ZipFile": code}}
    return {**resources["Function"], "Properties": properties}


def test_an_update_can_be_cancelled(stacks: Stacks) -> None:
    stacks.create("cancelled", custom("same", Size="1"))
    waiting = {**custom("nothing", Size="2", ServiceTimeout=6), "After": {**bucket(), "DependsOn": "Thing"}}
    stacks.client.update_stack(
        StackName="cancelled", TemplateBody=template(waiting), Capabilities=["CAPABILITY_IAM"], ClientRequestToken="t-1"
    )
    stacks.client.cancel_update_stack(StackName="cancelled")
    stacks.settled("cancelled")
    assert "After" not in stacks.resources("cancelled")
    assert stacks.reason("cancelled", "cancelled", "UPDATE_ROLLBACK_IN_PROGRESS") == "User Initiated"


def test_what_is_not_under_way_cannot_be_cancelled(stacks: Stacks) -> None:
    stacks.create("done", {"Data": bucket()})
    with pytest.raises(ClientError, match="cannot be called from current stack status CREATE_COMPLETE"):
        stacks.client.cancel_update_stack(StackName="done")


def test_a_stack_takes_one_operation_at_a_time(stacks: Stacks) -> None:
    body = template(custom("nothing", ServiceTimeout=6))
    stacks.client.create_stack(StackName="busy", TemplateBody=body, Capabilities=["CAPABILITY_IAM"])
    with pytest.raises(ClientError, match="is in CREATE_IN_PROGRESS state and can not be updated"):
        stacks.client.update_stack(StackName="busy", TemplateBody=template({"Data": bucket()}))
    assert stacks.settled("busy")["StackStatus"] == "ROLLBACK_COMPLETE"


def test_a_stack_that_is_being_updated_cannot_be_deleted(stacks: Stacks) -> None:
    stacks.create("updating", {"Data": bucket()})
    body = template({"Data": bucket(), **custom("nothing", ServiceTimeout=4)})
    stacks.client.update_stack(StackName="updating", TemplateBody=body, Capabilities=["CAPABILITY_IAM"])
    with pytest.raises(ClientError, match="cannot be deleted while in status UPDATE_IN_PROGRESS"):
        stacks.client.delete_stack(StackName="updating")
    assert stacks.settled("updating")["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"


def test_a_stack_can_be_deleted_while_it_is_created(stacks: Stacks) -> None:
    resources = {**custom("nothing", ServiceTimeout=4), "After": {**bucket(), "DependsOn": "Thing"}}
    body = template(resources)
    made = stacks.client.create_stack(StackName="unwanted", TemplateBody=body, Capabilities=["CAPABILITY_IAM"])
    assert stacks.delete("unwanted")["StackStatus"] == "DELETE_COMPLETE"
    statuses = {(name, status) for name, status in stacks.story(made["StackId"])}
    assert ("unwanted", "DELETE_COMPLETE") in statuses
    assert ("After", "CREATE_IN_PROGRESS") not in statuses


def exporting(name: str) -> dict[str, Any]:
    return {"Outputs": {"Name": {"Value": {"Ref": "Data"}, "Export": {"Name": name}}}}


def test_an_export_in_use_may_not_change(stacks: Stacks) -> None:
    stacks.create("owner", {"Data": bucket(BucketName="owner-one")}, **exporting("in-use"))
    stacks.create("user", {"Data": bucket(Tags=[{"Key": "of", "Value": {"Fn::ImportValue": "in-use"}}])})
    stack = stacks.update("owner", {"Data": bucket(BucketName="owner-two")}, **exporting("in-use"))
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    reason = stacks.reason("owner", "owner", "UPDATE_ROLLBACK_IN_PROGRESS")
    assert reason == "Export in-use cannot be updated as it is in use by user"
    assert stacks.physical_id("owner", "Data") == "owner-one"


def test_an_export_belongs_to_one_stack(stacks: Stacks) -> None:
    stacks.create("first", {"Data": bucket()}, **exporting("mine"))
    assert stacks.create("second", {"Data": bucket()}, **exporting("mine"))["StackStatus"] == "ROLLBACK_COMPLETE"
    reason = stacks.reason("second", "second", "ROLLBACK_IN_PROGRESS")
    assert "Export with name mine is already exported by stack first" in reason


def test_what_was_rolled_back_leaves_time_stamps_in_order(stacks: Stacks) -> None:
    stacks.create("ordered", {"Data": versioned()})
    stacks.update("ordered", {"Data": versioned("Suspended"), "Bad": broken(DependsOn="Data")})
    times = [event["Timestamp"] for event in stacks.events("ordered")]
    assert times == sorted(set(times))
    assert time.time() - times[-1].timestamp() < 60
