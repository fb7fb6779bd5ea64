"""Nested stacks: created, updated, rolled back and deleted with their parent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks, broken, bucket, template, versioned

pytestmark = pytest.mark.slow

VERSIONING = {"VersioningConfiguration": {"Status": {"Ref": "Status"}}}
CHILD = template(
    {"Data": {"Type": "AWS::S3::Bucket", "Properties": VERSIONING}},
    Parameters={"Status": {"Type": "String"}},
    Outputs={"Name": {"Value": {"Ref": "Data"}}},
)


def nested(stacks: Stacks, name: str, body: str, **properties: Any) -> dict[str, Any]:
    """A nested stack whose template is in S3."""
    s3 = stacks.aws.client("s3")
    s3.create_bucket(Bucket=f"templates-of-{name}", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_object(Bucket=f"templates-of-{name}", Key="child.json", Body=body.encode())
    url = f"https://s3.eu-west-1.amazonaws.com/templates-of-{name}/child.json"
    return {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url, **properties}}


def child_of(stacks: Stacks, parent: str) -> str:
    return stacks.physical_id(parent, "Child")


def status_of_data(stacks: Stacks, parent: str) -> str:
    name = stacks.physical_id(child_of(stacks, parent), "Data")
    return str(stacks.aws.client("s3").get_bucket_versioning(Bucket=name)["Status"])


def test_a_nested_stack_gets_parameters_and_gives_outputs(stacks: Stacks) -> None:
    child = nested(stacks, "parent", CHILD, Parameters={"Status": "Enabled"})
    outputs = {"Name": {"Value": {"Fn::GetAtt": ["Child", "Outputs.Name"]}}}
    parent = stacks.create("parent", {"Child": child}, Outputs=outputs)
    description = stacks.client.describe_stacks(StackName=child_of(stacks, "parent"))["Stacks"][0]
    assert description["StackName"].startswith("parent-Child-")
    assert (description["ParentId"], description["RootId"]) == (parent["StackId"], parent["StackId"])
    assert parent["Outputs"][0]["OutputValue"] == stacks.physical_id(child_of(stacks, "parent"), "Data")
    assert status_of_data(stacks, "parent") == "Enabled"


def test_a_nested_stack_is_updated_in_place(stacks: Stacks) -> None:
    child = nested(stacks, "outer", CHILD, Parameters={"Status": "Enabled"})
    stacks.create("outer", {"Child": child})
    before = child_of(stacks, "outer")
    child["Properties"]["Parameters"] = {"Status": "Suspended"}
    stacks.update("outer", {"Child": child})
    assert child_of(stacks, "outer") == before
    assert status_of_data(stacks, "outer") == "Suspended"
    assert stacks.settled(before)["StackStatus"] == "UPDATE_COMPLETE"


def test_a_nested_stack_without_a_change_stays_as_it_is(stacks: Stacks) -> None:
    child = nested(stacks, "calm", CHILD, Parameters={"Status": "Enabled"})
    stacks.create("calm", {"Child": child})
    before = stacks.resources(child_of(stacks, "calm"))
    stacks.update("calm", {"Child": child, "Data": bucket()})
    assert stacks.resources(child_of(stacks, "calm")) == before
    assert stacks.settled(child_of(stacks, "calm"))["StackStatus"] == "CREATE_COMPLETE"


def test_a_nested_stack_rolls_back_with_its_parent(stacks: Stacks) -> None:
    child = nested(stacks, "returning", CHILD, Parameters={"Status": "Enabled"})
    stacks.create("returning", {"Child": child})
    child["Properties"]["Parameters"] = {"Status": "Suspended"}
    stack = stacks.update("returning", {"Child": child, "Bad": broken(DependsOn="Child")})
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert stacks.settled(child_of(stacks, "returning"))["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert status_of_data(stacks, "returning") == "Enabled"


def test_what_a_nested_update_removed_comes_back_with_the_rollback(stacks: Stacks) -> None:
    child = nested(stacks, "restoring", template({"Data": bucket(), "Extra": bucket(BucketName="restoring-extra")}))
    stacks.create("restoring", {"Child": child})
    stacks.aws.client("s3").put_object(
        Bucket="templates-of-restoring", Key="smaller.json", Body=template({"Data": versioned()}).encode()
    )
    smaller = {**child, "Properties": {"TemplateURL": child["Properties"]["TemplateURL"].replace("child", "smaller")}}
    stacks.update("restoring", {"Child": smaller, "Bad": broken(DependsOn="Child")})
    names = [item["Name"] for item in stacks.aws.client("s3").list_buckets()["Buckets"]]
    assert "restoring-extra" in names
    assert set(stacks.resources(child_of(stacks, "restoring"))) == {"Data", "Extra"}


def test_a_failing_nested_update_fails_its_parent_with_the_reason(stacks: Stacks) -> None:
    child = nested(stacks, "failing", template({"Data": bucket()}))
    stacks.create("failing", {"Child": child})
    stacks.aws.client("s3").put_object(
        Bucket="templates-of-failing", Key="bad.json", Body=template({"Data": bucket(), "Bad": broken()}).encode()
    )
    worse = {**child, "Properties": {"TemplateURL": child["Properties"]["TemplateURL"].replace("child", "bad")}}
    assert stacks.update("failing", {"Child": worse})["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    reason = stacks.reason("failing", "Child", "UPDATE_FAILED")
    assert "was not successfully updated" in reason
    assert "The following resource(s) failed to create: [Bad]" in reason


def test_a_failing_nested_creation_leaves_nothing_behind(stacks: Stacks) -> None:
    child = nested(
        stacks, "short", template({"Data": bucket(BucketName="short-lived"), "Bad": broken(DependsOn="Data")})
    )
    assert stacks.create("short", {"Child": child})["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "was not successfully created" in stacks.reason("short", "Child", "CREATE_FAILED")
    assert "short-lived" not in [item["Name"] for item in stacks.aws.client("s3").list_buckets()["Buckets"]]


def test_a_nested_stack_is_deleted_with_its_parent(stacks: Stacks) -> None:
    stacks.create("leaving", {"Child": nested(stacks, "leaving", CHILD, Parameters={"Status": "Enabled"})})
    child = child_of(stacks, "leaving")
    stacks.delete("leaving")
    assert stacks.settled(child)["StackStatus"] == "DELETE_COMPLETE"


def test_a_nested_template_that_is_not_there_is_named(stacks: Stacks) -> None:
    url = "https://s3.amazonaws.com/nowhere/child.json"
    stacks.create("lost", {"Child": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}})
    assert url in stacks.reason("lost", "Child", "CREATE_FAILED")
