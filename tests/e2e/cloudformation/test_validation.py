"""What CloudFormation finds before it deploys, and the story of its operations."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.stacks import Stacks, broken, bucket, template

pytestmark = pytest.mark.slow


def prepared(stacks: Stacks, name: str, resources: dict[str, Any]) -> dict[str, Any]:
    made = stacks.client.create_change_set(
        StackName=name, ChangeSetName="first", ChangeSetType="CREATE", TemplateBody=template(resources)
    )
    found: dict[str, Any] = stacks.client.describe_change_set(ChangeSetName=made["Id"])
    return found


def failures(stacks: Stacks, change_set: dict[str, Any]) -> list[tuple[str, str, str]]:
    events = stacks.client.describe_events(ChangeSetName=change_set["ChangeSetId"])["OperationEvents"]
    return [(each["ValidationName"], each["ValidationPath"], each["ValidationStatusReason"]) for each in events]


def test_a_misspelt_property_fails_the_change_set(stacks: Stacks) -> None:
    change_set = prepared(stacks, "misspelling", {"Data": bucket(BucketNaem="a")})
    assert (change_set["Status"], change_set["ExecutionStatus"]) == ("FAILED", "UNAVAILABLE")
    assert change_set["StatusReason"] == (
        "The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation]. To troubleshoot Early "
        "Validation errors, use the DescribeEvents API for detailed failure information."
    )
    assert failures(stacks, change_set) == [
        ("PROPERTY_VALIDATION", "/Resources/Data/Properties", "Unsupported property [BucketNaem]")
    ]


def test_a_name_that_is_taken_fails_the_change_set(stacks: Stacks) -> None:
    stacks.create("owning", {"Data": bucket(BucketName="owned-already")})
    change_set = prepared(stacks, "wanting", {"Data": bucket(BucketName="owned-already")})
    assert "AWS::EarlyValidation::ResourceExistenceCheck" in change_set["StatusReason"]
    assert failures(stacks, change_set)[0][2] == (
        "Resource of type 'AWS::S3::Bucket' with identifier 'owned-already' already exists."
    )


def test_the_failed_events_of_an_operation_are_found_by_its_id(stacks: Stacks) -> None:
    stacks.create("telling", {"Bad": broken()})
    operation = stacks.settled("telling")["LastOperations"][0]
    assert operation["OperationType"] == "CREATE_STACK"
    request = {"OperationId": operation["OperationId"], "Filters": {"FailedEvents": True}}
    (event,) = stacks.client.describe_events(**request)["OperationEvents"]
    assert (event["EventType"], event["LogicalResourceId"]) == ("PROVISIONING_ERROR", "Bad")
    assert stacks.events("telling")[0]["OperationId"] == operation["OperationId"]


def test_events_are_asked_for_by_one_thing(stacks: Stacks) -> None:
    with pytest.raises(ClientError, match="One of ChangeSetName, OperationId or StackName must be specified"):
        stacks.client.describe_events()


def test_a_stack_that_cannot_be_deleted_can_be_forced(stacks: Stacks) -> None:
    stacks.create("full", {"Data": bucket(BucketName="full-of-it")})
    stacks.aws.client("s3").put_object(Bucket="full-of-it", Key="a", Body=b"")
    with pytest.raises(ClientError, match="only if the stack is in the DELETE_FAILED state"):
        stacks.delete("full", DeletionMode="FORCE_DELETE_STACK")
    assert stacks.delete("full")["StackStatus"] == "DELETE_FAILED"
    with pytest.raises(ClientError, match=r"do not exist in the stack: \[Other\]"):
        stacks.delete("full", RetainResources=["Other"])
    assert stacks.delete("full", DeletionMode="FORCE_DELETE_STACK")["StackStatus"] == "DELETE_COMPLETE"
    assert stacks.aws.client("s3").list_objects_v2(Bucket="full-of-it")["KeyCount"] == 1


@pytest.mark.parametrize(("asked", "remains"), [({}, True), ({"RetainExceptOnCreate": True}, False)])
def test_what_is_retained_outlives_a_failed_creation_unless_asked(
    stacks: Stacks, asked: dict[str, Any], remains: bool
) -> None:
    name = f"retained-{remains}".lower()
    data = {**bucket(BucketName=name), "DeletionPolicy": "Retain"}
    stacks.create(name, {"Data": data, "Bad": broken(DependsOn="Data")}, **asked)
    assert (name in {each["Name"] for each in stacks.aws.client("s3").list_buckets()["Buckets"]}) is remains


def test_a_bucket_for_logs_does_not_keep_a_creation_from_rolling_back(stacks: Stacks) -> None:
    logged = bucket(LoggingConfiguration={"DestinationBucketName": {"Ref": "Logs"}})
    resources = {"Logs": bucket(), "Data": logged, "Bad": broken(DependsOn="Data")}
    assert stacks.create("logged", resources)["StackStatus"] == "ROLLBACK_COMPLETE"


def test_the_registry_knows_the_public_types(stacks: Stacks) -> None:
    described = stacks.client.describe_type(Type="RESOURCE", TypeName="AWS::S3::Bucket")
    assert "BucketName" in json.loads(described["Schema"])["properties"]
    filters = {"Category": "AWS_TYPES", "TypeNamePrefix": "AWS::SQS::"}
    listed = stacks.client.list_types(Visibility="PUBLIC", Filters=filters)["TypeSummaries"]
    assert "AWS::SQS::Queue" in {each["TypeName"] for each in listed}
    assert stacks.client.list_types()["TypeSummaries"] == []
    with pytest.raises(ClientError, match="cannot be found"):
        stacks.client.describe_type(Type="RESOURCE", TypeName="AWS::S3::Bukket")


def test_what_an_account_may_have_is_told(stacks: Stacks) -> None:
    limits = {each["Name"]: each["Value"] for each in stacks.client.describe_account_limits()["AccountLimits"]}
    assert limits["StackLimit"] == 2000
    assert stacks.client.list_stack_sets()["Summaries"] == []


def stored(name: str) -> dict[str, Any]:
    """A queue that waits as long as a parameter of Systems Manager says."""
    declared = {"Delay": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": name}}
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": {"Ref": "Delay"}}}
    return {"resources": {"Queue": queue}, "Parameters": declared}


def test_a_parameter_of_systems_manager_is_shown_with_its_value(stacks: Stacks) -> None:
    stacks.aws.client("ssm").put_parameter(Name="/delay", Value="7", Type="String")
    (parameter,) = stacks.create("stored", **stored("/delay"))["Parameters"]
    assert parameter == {"ParameterKey": "Delay", "ParameterValue": "/delay", "ResolvedValue": "7"}


def test_a_parameter_that_systems_manager_does_not_have_is_named(stacks: Stacks) -> None:
    with pytest.raises(ClientError, match=r"Unable to fetch parameters \[/nothing\] from parameter store for this"):
        stacks.create("unstored", **stored("/nothing"))


def test_a_stack_that_is_not_there_is_named_as_each_operation_names_it(stacks: Stacks) -> None:
    with pytest.raises(ClientError, match="Stack with id nobody does not exist"):
        stacks.client.describe_stacks(StackName="nobody")
    for operation in ("describe_stack_events", "cancel_update_stack", "detect_stack_drift"):
        with pytest.raises(ClientError, match=r"Stack \[nobody\] does not exist"):
            getattr(stacks.client, operation)(StackName="nobody")
