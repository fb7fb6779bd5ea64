"""Configuration items look as those of AWS Config do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.local_services.fakes import START
from workbench.local_aws.config.description import base_item, full_item, notified_item
from workbench.local_aws.config.items import Item
from workbench.local_aws.config.shapes import describe
from workbench.local_aws.config.shapes.words import lowered_name
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

CONTEXT = RequestContext("123456789012", "eu-west-1")
STACK_ID = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1"


def resource(kind: str, name: str, related: tuple[Resource, ...] = (), **properties: Any) -> Resource:
    return Resource(name, kind, name, properties, {"Arn": f"arn:{name}"}, related)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TableName", "tableName"),
        ("SSEDescription", "ssedescription"),
        ("KMSMasterKeyArn", "kmsmasterKeyArn"),
        ("OKActions", "okactions"),
        ("already", "already"),
    ],
)
def test_first_letters_are_lowered_as_aws_does(name: str, expected: str) -> None:
    assert lowered_name(name) == expected


def test_a_table_tells_its_status_and_its_backups() -> None:
    recovery = {"PointInTimeRecoveryEnabled": True}
    described = Resource(
        "orders",
        "AWS::DynamoDB::Table",
        "orders",
        {"BillingMode": "PAY_PER_REQUEST", "PointInTimeRecoverySpecification": recovery},
        {"Arn": "arn:orders", "TableStatus": "ACTIVE"},
    )
    configuration, supplement = describe(described)
    assert configuration["tableStatus"] == "ACTIVE"
    assert configuration["billingModeSummary"] == {"billingMode": "PAY_PER_REQUEST"}
    backups = supplement["ContinuousBackupsDescription"]
    assert backups["pointInTimeRecoveryDescription"]["pointInTimeRecoveryStatus"] == "ENABLED"


def test_a_tables_encryption_is_described_as_by_the_api() -> None:
    given = {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": "arn:key"}
    configuration, _ = describe(resource("AWS::DynamoDB::Table", "orders", SSESpecification=given))
    assert configuration["ssedescription"] == {"status": "ENABLED", "ssetype": "KMS", "kmsmasterKeyArn": "arn:key"}


def test_what_is_set_on_a_bucket_supplements_it() -> None:
    policy = Resource("policy", "AWS::S3::BucketPolicy", "orders", {"PolicyDocument": {"Statement": []}})
    encryption = [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "key"}}]
    configuration, supplement = describe(
        resource(
            "AWS::S3::Bucket",
            "orders",
            (policy,),
            BucketEncryption={"ServerSideEncryptionConfiguration": encryption},
            PublicAccessBlockConfiguration={"BlockPublicAcls": True},
        )
    )
    assert configuration["name"] == "orders"
    assert supplement["BucketVersioningConfiguration"] == {"status": "Off", "isMfaDeleteEnabled": None}
    assert supplement["BucketPolicy"] == {"policyText": '{"Statement":[]}'}
    assert supplement["PublicAccessBlockConfiguration"] == {"blockPublicAcls": True}
    rule = supplement["ServerSideEncryptionConfiguration"]["rules"][0]
    assert rule["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "aws:kms", "kmsMasterKeyID": "key"}


def test_an_open_bucket_shows_its_grants_as_text() -> None:
    _, supplement = describe(resource("AWS::S3::Bucket", "open", AccessControl="PublicRead"))
    grants = json.loads(supplement["AccessControlList"])["grantList"]
    assert {"grantee": "AllUsers", "permission": "Read"} in grants


def test_a_function_has_its_settings_and_its_policy() -> None:
    permission = {"Action": "lambda:InvokeFunction", "FunctionName": "arn:hook", "Principal": "sns.amazonaws.com"}
    related = (Resource("permission", "AWS::Lambda::Permission", "permission", permission),)
    given = resource("AWS::Lambda::Function", "hook", related, Runtime="python3.13", Environment={"Variables": {}})
    configuration, supplement = describe(given)
    assert (configuration["runtime"], configuration["functionArn"]) == ("python3.13", "arn:hook")
    statement = json.loads(supplement["Policy"])["Statement"][0]
    assert statement["Principal"] == {"Service": "sns.amazonaws.com"}


def test_the_policy_of_an_alias_is_no_part_of_the_functions() -> None:
    alias = "arn:aws:lambda:eu-west-1:123456789012:function:hook:live"
    permission = {"Action": "lambda:InvokeFunction", "FunctionName": alias, "Principal": "*"}
    related = (Resource("permission", "AWS::Lambda::Permission", "permission", permission),)
    _, supplement = describe(resource("AWS::Lambda::Function", "hook", related))
    assert "Policy" not in supplement


def test_the_names_of_environment_variables_are_not_changed() -> None:
    environment = {"Variables": {"TABLE": "orders"}}
    configuration, _ = describe(resource("AWS::Lambda::Function", "hook", Environment=environment))
    assert configuration["environment"] == {"variables": {"TABLE": "orders"}}


def test_a_role_lists_its_policies() -> None:
    statement = {"Statement": [{"Effect": "Allow", "Action": "s3:*"}]}
    given = resource(
        "AWS::IAM::Role",
        "hook",
        AssumeRolePolicyDocument=statement,
        ManagedPolicyArns=["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        Policies=[{"PolicyName": "inline", "PolicyDocument": statement}],
    )
    configuration, _ = describe(given)
    assert configuration["assumeRolePolicyDocument"] == statement
    assert configuration["rolePolicyList"] == [{"policyName": "inline", "policyDocument": statement}]
    assert configuration["attachedManagedPolicies"][0]["policyName"] == "ReadOnlyAccess"


def test_queues_are_described_by_their_attributes() -> None:
    configuration, _ = describe(resource("AWS::SQS::Queue", "https://queue", RedrivePolicy={"maxReceiveCount": 3}))
    assert configuration["QueueUrl"] == "https://queue"
    assert configuration["RedrivePolicy"] == '{"maxReceiveCount":3}'
    assert configuration["SqsManagedSseEnabled"] == "false"


def test_method_settings_of_a_stage_are_keyed_by_path() -> None:
    settings = [{"ResourcePath": "/*", "HttpMethod": "*", "LoggingLevel": "INFO"}]
    given = resource("AWS::ApiGateway::Stage", "Prod", RestApiId="abc", StageName="Prod", MethodSettings=settings)
    configuration, _ = describe(given)
    assert configuration["methodSettings"] == {"*/*": {"loggingLevel": "INFO"}}


def test_newer_types_keep_the_names_of_cloudformation() -> None:
    configuration, _ = describe(resource("AWS::StepFunctions::StateMachine", "flow", StateMachineType="EXPRESS"))
    assert configuration == {"Arn": "arn:flow", "StateMachineType": "EXPRESS"}


def test_clients_are_given_configuration_as_text_and_rules_as_an_object() -> None:
    item = Item(("AWS::S3::Bucket", "orders"), resource("AWS::S3::Bucket", "orders"), START)
    assert json.loads(base_item(item, CONTEXT)["configuration"])["name"] == "orders"
    assert notified_item(item, CONTEXT)["configuration"]["name"] == "orders"


def test_a_deleted_resource_has_no_configuration() -> None:
    item = Item(("AWS::S3::Bucket", "orders"), resource("AWS::S3::Bucket", "orders"), START).deleted(START)
    assert notified_item(item, CONTEXT)["configuration"] is None
    assert base_item(item, CONTEXT)["supplementaryConfiguration"] == {}


def test_an_item_names_the_stack_that_it_is_contained_in() -> None:
    tags = [{"Key": "aws:cloudformation:stack-id", "Value": STACK_ID}]
    item = Item(("AWS::S3::Bucket", "orders"), resource("AWS::S3::Bucket", "orders", Tags=tags), START)
    assert full_item(item, CONTEXT)["relationships"] == [
        {
            "resourceType": "AWS::CloudFormation::Stack",
            "relationshipName": "Is contained in ",
            "resourceId": STACK_ID,
            "resourceName": "shop",
        }
    ]


def test_a_function_is_associated_with_its_role() -> None:
    role = "arn:aws:iam::123456789012:role/service/hook"
    item = Item(("AWS::Lambda::Function", "hook"), resource("AWS::Lambda::Function", "hook", Role=role), START)
    assert full_item(item, CONTEXT)["relationships"][0]["resourceName"] == "hook"
