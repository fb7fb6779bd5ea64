"""What CloudFormation does with a stack that goes wrong: it returns to the last good state, and says why."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.stacks import Stacks, broken, bucket, template, versioned

pytestmark = pytest.mark.slow


def test_a_failed_creation_deletes_what_it_made(stacks: Stacks) -> None:
    stack = stacks.create("undone", {"Good": bucket(BucketName="undone-good"), "Bad": broken(DependsOn="Good")})
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert stacks.resources("undone")["Good"]["ResourceStatus"] == "DELETE_COMPLETE"
    assert "undone-good" not in [item["Name"] for item in stacks.aws.client("s3").list_buckets()["Buckets"]]


def test_the_reason_of_the_service_is_told(stacks: Stacks) -> None:
    stacks.create("reasoned", {"Bad": broken()})
    assert "Topic names must be" in stacks.reason("reasoned", "Bad", "CREATE_FAILED")
    reason = stacks.reason("reasoned", "reasoned", "ROLLBACK_IN_PROGRESS")
    assert reason == "The following resource(s) failed to create: [Bad]. Rollback requested by user."


def test_a_reference_that_leads_nowhere_is_refused(stacks: Stacks) -> None:
    tags = [{"Key": "of", "Value": {"Fn::GetAtt": ["Topic", "Nothing"]}}]
    with pytest.raises(ClientError, match="resource Topic does not support attribute type Nothing in Fn::GetAtt"):
        stacks.create("nowhere", {"Topic": {"Type": "AWS::SNS::Topic"}, "Data": bucket(Tags=tags)})


def test_properties_that_make_no_sense_fail_their_resource(stacks: Stacks) -> None:
    stacks.create("senseless", {"Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": {"PolicyDocument": {}}}})
    assert "required key [Bucket] not found" in stacks.reason("senseless", "Policy", "CREATE_FAILED")


def test_a_stack_whose_creation_was_rolled_back_cannot_be_updated(stacks: Stacks) -> None:
    stacks.create("stuck", {"Bad": broken()})
    with pytest.raises(ClientError, match="is in ROLLBACK_COMPLETE state and can not be updated"):
        stacks.update("stuck", {"Good": bucket()})


def test_a_failed_creation_may_be_left_as_it_is(stacks: Stacks) -> None:
    resources = {"Good": bucket(), "Bad": broken(DependsOn="Good")}
    stack = stacks.create("kept", resources, OnFailure="DO_NOTHING")
    assert stack["StackStatus"] == "CREATE_FAILED"
    assert stacks.resources("kept")["Good"]["ResourceStatus"] == "CREATE_COMPLETE"


def test_a_failed_creation_may_delete_the_stack(stacks: Stacks) -> None:
    request = {"StackName": "deleted", "TemplateBody": template({"Bad": broken()}), "OnFailure": "DELETE"}
    stack_id = stacks.client.create_stack(**request)["StackId"]
    assert stacks.settled(stack_id)["StackStatus"] == "DELETE_COMPLETE"


def test_a_failed_update_returns_every_resource_to_its_last_good_state(stacks: Stacks) -> None:
    stacks.create("back", {"Changed": versioned(), "Replaced": bucket(BucketName="back-before"), "Removed": bucket()})
    before = stacks.resources("back")
    stack = stacks.update(
        "back",
        {
            "Changed": versioned("Suspended"),
            "Replaced": bucket(BucketName="back-after"),
            "Added": bucket(BucketName="back-added"),
            "Bad": broken(DependsOn=["Changed", "Replaced", "Added"]),
        },
    )
    s3 = stacks.aws.client("s3")
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert {name: item["PhysicalResourceId"] for name, item in stacks.resources("back").items()} == {
        name: item["PhysicalResourceId"] for name, item in before.items()
    }
    assert s3.get_bucket_versioning(Bucket=before["Changed"]["PhysicalResourceId"])["Status"] == "Enabled"
    assert not {"back-after", "back-added"} & {item["Name"] for item in s3.list_buckets()["Buckets"]}


def test_a_rollback_tells_its_story(stacks: Stacks) -> None:
    stacks.create("storied", {"Changed": versioned(), "Staying": bucket()})
    told = len(stacks.events("storied"))
    stacks.update(
        "storied", {"Changed": versioned("Suspended"), "Staying": bucket(), "Bad": broken(DependsOn="Changed")}
    )
    assert stacks.story("storied", skip=told) == [
        ("storied", "UPDATE_IN_PROGRESS"),
        ("Changed", "UPDATE_IN_PROGRESS"),
        ("Changed", "UPDATE_COMPLETE"),
        ("Bad", "CREATE_IN_PROGRESS"),
        ("Bad", "CREATE_FAILED"),
        ("storied", "UPDATE_ROLLBACK_IN_PROGRESS"),
        ("Changed", "UPDATE_IN_PROGRESS"),
        ("Changed", "UPDATE_COMPLETE"),
        ("storied", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"),
        ("Bad", "DELETE_IN_PROGRESS"),
        ("Bad", "DELETE_COMPLETE"),
        ("storied", "UPDATE_ROLLBACK_COMPLETE"),
    ]


def test_after_a_rollback_the_previous_template_counts(stacks: Stacks) -> None:
    good = {"Data": versioned()}
    stacks.create("again", good)
    stacks.update("again", {"Data": versioned("Suspended"), "Bad": broken(DependsOn="Data")})
    with pytest.raises(ClientError, match="No updates are to be performed"):
        stacks.update("again", good)
    assert stacks.update("again", {"Data": versioned("Suspended")})["StackStatus"] == "UPDATE_COMPLETE"


def test_an_update_without_rollback_is_left_and_can_be_mended(stacks: Stacks) -> None:
    stacks.create("mended", {"Data": versioned()})
    resources = {"Data": versioned("Suspended"), "Bad": broken(DependsOn="Data")}
    assert stacks.update("mended", resources, DisableRollback=True)["StackStatus"] == "UPDATE_FAILED"
    assert stacks.update("mended", {"Data": versioned("Suspended")})["StackStatus"] == "UPDATE_COMPLETE"
    assert set(stacks.resources("mended")) == {"Data"}


def test_a_resource_that_cannot_be_deleted_makes_the_deletion_fail(stacks: Stacks) -> None:
    stacks.create("full", {"Data": bucket(BucketName="full-data"), "Other": bucket()})
    stacks.aws.client("s3").put_object(Bucket="full-data", Key="object", Body=b"1")
    stack = stacks.delete("full")
    assert stack["StackStatus"] == "DELETE_FAILED"
    assert stack["StackStatusReason"] == "The following resource(s) failed to delete: [Data]. "
    assert stacks.resources("full")["Other"]["ResourceStatus"] == "DELETE_COMPLETE"
    assert stacks.delete("full", RetainResources=["Data"])["StackStatus"] == "DELETE_COMPLETE"


def test_a_deleted_stack_is_known_by_its_id_only(stacks: Stacks) -> None:
    stacks.create("bygone", {"Data": bucket()})
    stack = stacks.delete("bygone")
    assert stack["StackStatus"] == "DELETE_COMPLETE"
    with pytest.raises(ClientError, match="Stack with id bygone does not exist"):
        stacks.client.describe_stacks(StackName="bygone")
    stacks.client.delete_stack(StackName="bygone")


def test_a_protected_stack_is_not_deleted(stacks: Stacks) -> None:
    stacks.create("protected", {"Data": bucket()}, EnableTerminationProtection=True)
    with pytest.raises(ClientError, match="cannot be deleted while TerminationProtection is enabled"):
        stacks.client.delete_stack(StackName="protected")
    stacks.client.update_termination_protection(StackName="protected", EnableTerminationProtection=False)
    assert stacks.delete("protected")["StackStatus"] == "DELETE_COMPLETE"


ROLE = {
    "Type": "AWS::IAM::Role",
    "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}},
}


@pytest.mark.parametrize(
    ("resources", "request_", "message"),
    [
        pytest.param({"R": ROLE}, {"Capabilities": []}, "Requires capabilities : .CAPABILITY_IAM.", id="capabilities"),
        pytest.param(
            {"B": bucket()}, {"Given": {"X": "1"}}, "Parameters: .X. do not exist in the template", id="stranger"
        ),
        pytest.param(
            {"B": bucket()}, {"Parameters": {"P": {"Type": "String"}}}, "Parameters: .P. must have values", id="missing"
        ),
        pytest.param({"B": bucket(BucketName={"Ref": "Nobody"})}, {}, "Nobody", id="reference"),
        pytest.param(
            {"A": {**bucket(), "DependsOn": "B"}, "B": {**bucket(), "DependsOn": "A"}},
            {},
            "[Cc]ircular|circle",
            id="circle",
        ),
        pytest.param(
            {"B": {"Type": "AWS::Serverless::Function"}},
            {"Transform": "AWS::Serverless-2016-10-31"},
            "Transform",
            id="sam",
        ),
    ],
)
def test_a_request_that_cannot_work_is_refused_before_anything_is_made(
    stacks: Stacks, resources: dict[str, object], request_: dict[str, object], message: str
) -> None:
    with pytest.raises(ClientError, match=message):
        stacks.create("refused", resources, **request_)
    with pytest.raises(ClientError, match="does not exist"):
        stacks.client.describe_stacks(StackName="refused")


def test_a_type_may_not_change_under_its_logical_id(stacks: Stacks) -> None:
    stacks.create("retyped", {"Thing": bucket()})
    with pytest.raises(ClientError, match=r"Update of resource type is not permitted.*Thing"):
        stacks.update("retyped", {"Thing": {"Type": "AWS::SNS::Topic"}})


def test_what_is_not_implemented_is_named(stacks: Stacks) -> None:
    with pytest.raises(ClientError, match="does not implement cloudformation:CreateStackSet") as caught:
        stacks.client.create_stack_set(StackSetName="a")
    assert caught.value.response["Error"]["Code"] == "NotImplemented"
