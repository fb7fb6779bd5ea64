"""AWS Cloud Control API: resources of any readable type, in a stack or not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloudformation.stacks import Stacks

pytestmark = pytest.mark.slow

BUCKET = "AWS::S3::Bucket"
TABLE = {"AttributeDefinitions": [{"AttributeName": "a", "AttributeType": "S"}], "BillingMode": "PAY_PER_REQUEST"}
KEY = {"KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}]}
TRUST = {
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]
}
ALARM = {"MetricName": "m", "Namespace": "n", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "Statistic": "Sum"}


def ended(stacks: Stacks, operation: str, **request: Any) -> dict[str, Any]:
    """The last event of a request."""
    control = stacks.aws.client("cloudcontrol")
    begun = getattr(control, operation)(**request)["ProgressEvent"]
    assert begun["OperationStatus"] == "IN_PROGRESS"
    found: dict[str, Any] = control.get_resource_request_status(RequestToken=begun["RequestToken"])["ProgressEvent"]
    return found


def create(stacks: Stacks, kind: str, **desired: Any) -> dict[str, Any]:
    return ended(stacks, "create_resource", TypeName=kind, DesiredState=json.dumps(desired))


def change(stacks: Stacks, kind: str, identifier: str, path: str, value: Any) -> dict[str, Any]:
    patch = json.dumps([{"op": "add", "path": path, "value": value}])
    return ended(stacks, "update_resource", TypeName=kind, Identifier=identifier, PatchDocument=patch)


def shown(stacks: Stacks, kind: str, identifier: str) -> Any:
    found = stacks.aws.client("cloudcontrol").get_resource(TypeName=kind, Identifier=identifier)
    return json.loads(found["ResourceDescription"]["Properties"])


@pytest.mark.parametrize(
    ("kind", "desired", "path", "value"),
    [
        (BUCKET, {"BucketName": "by-control"}, "/VersioningConfiguration", {"Status": "Enabled"}),
        ("AWS::SQS::Queue", {"QueueName": "c", "DelaySeconds": 3}, "/VisibilityTimeout", 44),
        ("AWS::SNS::Topic", {"TopicName": "c"}, "/DisplayName", "shown"),
        ("AWS::DynamoDB::Table", {"TableName": "c", **TABLE, **KEY}, "/DeletionProtectionEnabled", True),
        ("AWS::IAM::Role", {"RoleName": "c", "AssumeRolePolicyDocument": TRUST}, "/MaxSessionDuration", 7200),
        (
            "AWS::CloudWatch::Alarm",
            {"AlarmName": "c", "ComparisonOperator": "GreaterThanThreshold", **ALARM},
            "/Period",
            120,
        ),
        ("AWS::Logs::LogGroup", {"LogGroupName": "c"}, "/RetentionInDays", 7),
        ("AWS::Events::Rule", {"Name": "c", "ScheduleExpression": "rate(1 hour)"}, "/Description", "told"),
    ],
)
def test_a_resource_is_made_listed_changed_and_read(
    stacks: Stacks, kind: str, desired: dict[str, Any], path: str, value: Any
) -> None:
    identifier = create(stacks, kind, **desired)["Identifier"]
    listed = stacks.aws.client("cloudcontrol").list_resources(TypeName=kind)["ResourceDescriptions"]
    assert identifier in [each["Identifier"] for each in listed]
    assert change(stacks, kind, identifier, path, value)["OperationStatus"] == "SUCCESS"
    found = shown(stacks, kind, identifier)
    assert desired.keys() <= found.keys()
    assert found[path.removeprefix("/")] == value


def test_a_deleted_resource_is_gone(stacks: Stacks) -> None:
    create(stacks, BUCKET, BucketName="brief")
    assert ended(stacks, "delete_resource", TypeName=BUCKET, Identifier="brief")["OperationStatus"] == "SUCCESS"
    with pytest.raises(ClientError, match="'brief' was not found"):
        shown(stacks, BUCKET, "brief")


def test_a_changed_resource_of_a_stack_has_drifted(stacks: Stacks) -> None:
    code = {
        "Code": {"ZipFile": "def handler(event, context): ..."},
        "Handler": "index.handler",
        "Runtime": "python3.13",
    }
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST}}
    function = {"Type": "AWS::Lambda::Function", "Properties": {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, **code}}
    function["Properties"] |= {"Timeout": 5}
    stacks.create("controlled-function", {"Role": role, "Function": function}, Tags=[{"Key": "team", "Value": "shop"}])
    name = stacks.physical_id("controlled-function", "Function")
    assert change(stacks, "AWS::Lambda::Function", name, "/Timeout", 9)["OperationStatus"] == "SUCCESS"
    where = {"StackName": "controlled-function", "LogicalResourceId": "Function"}
    drift = stacks.client.detect_stack_resource_drift(**where)["StackResourceDrift"]
    assert [each["PropertyPath"] for each in drift["PropertyDifferences"]] == ["/Timeout"]
    arn = stacks.aws.client("lambda").get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    assert stacks.aws.client("lambda").list_tags(Resource=arn)["Tags"]["team"] == "shop"


def test_a_failed_request_tells_the_reason(stacks: Stacks) -> None:
    create(stacks, BUCKET, BucketName="taken")
    failed = create(stacks, BUCKET, BucketName="taken")
    assert (failed["OperationStatus"], failed["ErrorCode"]) == ("FAILED", "AlreadyExists")
    assert "you already own it" in failed["StatusMessage"]


def test_a_request_with_the_same_client_token_is_the_same(stacks: Stacks) -> None:
    control = stacks.aws.client("cloudcontrol")
    request = {"TypeName": BUCKET, "DesiredState": '{"BucketName": "once"}', "ClientToken": "a"}
    tokens = {control.create_resource(**request)["ProgressEvent"]["RequestToken"] for _ in range(2)}
    assert len(tokens) == 1
    with pytest.raises(ClientError, match="ClientTokenConflictException"):
        control.create_resource(**{**request, "DesiredState": "{}"})
    listed = control.list_resource_requests(ResourceRequestStatusFilter={"OperationStatuses": ["SUCCESS"]})
    assert tokens <= {each["RequestToken"] for each in listed["ResourceRequestStatusSummaries"]}


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        ('[{"op": "replace", "path": "/BucketName", "value": "x"}]', "createOnlyProperties .*BucketName"),
        ('[{"op": "replace", "path": "/Arn", "value": "x"}]', "readOnlyProperties .*Arn"),
        ('[{"op": "add", "path": "/Fly", "value": "x"}]', r"extraneous key \[Fly\]"),
        ('[{"op": "remove", "path": "/Fly"}]', "Invalid patch update"),
        ("no patch", "Invalid patch update"),
    ],
)
def test_what_cannot_be_patched(stacks: Stacks, patch: str, said: str) -> None:
    control = stacks.aws.client("cloudcontrol")
    create(stacks, BUCKET, BucketName="fixed")
    with pytest.raises(ClientError, match=said):
        control.update_resource(TypeName=BUCKET, Identifier="fixed", PatchDocument=patch)


@pytest.mark.parametrize(
    ("kind", "desired", "said"),
    [
        (BUCKET, '{"Bogus": 1}', r"extraneous key \[Bogus\]"),
        (BUCKET, "[]", "DesiredState must be"),
        ("AWS::No::Such", "{}", "TypeNotFoundException"),
        ("AWS::RDS::DBInstance", "{}", "UnsupportedActionException"),
    ],
)
def test_what_cannot_be_made(stacks: Stacks, kind: str, desired: str, said: str) -> None:
    with pytest.raises(ClientError, match=said):
        stacks.aws.client("cloudcontrol").create_resource(TypeName=kind, DesiredState=desired)
