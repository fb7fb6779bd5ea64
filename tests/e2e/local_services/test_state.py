"""What the services hold is read in the words of CloudFormation."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.local_services.configuration import bucket, table
from tests.e2e.local_services.functions import create
from workbench.local_aws.config.state import READERS
from workbench.local_aws.server import LocalAws
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

pytestmark = pytest.mark.slow

HERE = RequestContext("123456789012", "eu-west-1")
OPEN = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})


def read(aws: LocalAws, place: str, kind: str) -> list[Resource]:
    service, _, name = place.partition("/")
    return [each for each in READERS[service](aws.client, HERE, name) if each.type == kind]


def one(aws: LocalAws, place: str, kind: str, physical_id: str | None = None) -> dict[str, Any]:
    found = [each for each in read(aws, place, kind) if physical_id in (None, each.physical_id)]
    assert len(found) == 1
    return dict(found[0].properties)


def test_a_bucket_with_everything_on_it(aws: LocalAws) -> None:
    s3, name = aws.client("s3"), bucket(aws, "full")
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    encryption = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": True}
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [encryption]})
    rule = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 90}}
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [rule]})
    s3.put_bucket_notification_configuration(Bucket=name, NotificationConfiguration={"EventBridgeConfiguration": {}})
    s3.put_bucket_logging(
        Bucket=name, BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": "full", "TargetPrefix": "access/"}}
    )
    found = one(aws, "s3/full", "AWS::S3::Bucket")
    assert found["VersioningConfiguration"] == {"Status": "Enabled"}
    default = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": True}
    assert found["BucketEncryption"] == {"ServerSideEncryptionConfiguration": [default]}
    lifecycle = {"Id": "old", "Status": "Enabled", "Prefix": "logs/", "ExpirationInDays": 90}
    assert found["LifecycleConfiguration"] == {"Rules": [lifecycle]}
    assert found["NotificationConfiguration"] == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
    assert found["LoggingConfiguration"] == {"DestinationBucketName": "full", "LogFilePrefix": "access/"}
    assert found["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert all(found["PublicAccessBlockConfiguration"].values())


@pytest.mark.parametrize(
    ("acl", "expected"),
    [("private", None), ("public-read", "PublicRead"), ("public-read-write", "PublicReadWrite")],
)
def test_the_acl_of_a_bucket(aws: LocalAws, acl: str, expected: str | None) -> None:
    name = bucket(aws, f"acl-{acl}")
    aws.client("s3").delete_bucket_ownership_controls(Bucket=name)
    aws.client("s3").delete_public_access_block(Bucket=name)
    aws.client("s3").put_bucket_acl(Bucket=name, ACL=acl)
    assert one(aws, f"s3/{name}", "AWS::S3::Bucket").get("AccessControl") == expected


def test_a_bucket_of_another_region_is_not_here(aws: LocalAws) -> None:
    aws.client("s3", "us-east-1").create_bucket(Bucket="elsewhere")
    assert read(aws, "s3/elsewhere", "AWS::S3::Bucket") == []


def test_a_table(aws: LocalAws) -> None:
    table(aws, "full", SSESpecification={"Enabled": True}, DeletionProtectionEnabled=True)
    recovery = {"PointInTimeRecoveryEnabled": True}
    aws.client("dynamodb").update_continuous_backups(TableName="full", PointInTimeRecoverySpecification=recovery)
    found = one(aws, "dynamodb", "AWS::DynamoDB::Table", "full")
    assert (found["BillingMode"], found["DeletionProtectionEnabled"]) == ("PAY_PER_REQUEST", True)
    assert found["PointInTimeRecoverySpecification"] == recovery
    assert found["SSESpecification"]["SSEEnabled"] is True


def test_a_function_with_its_permission(aws: LocalAws) -> None:
    create(aws, "full", "def handler(e, c): ...", TracingConfig={"Mode": "Active"}, Tags={"team": "shop"})
    aws.client("lambda").add_permission(
        FunctionName="full",
        StatementId="s3",
        Action="lambda:InvokeFunction",
        Principal="s3.amazonaws.com",
        SourceAccount="123456789012",
    )
    found = one(aws, "lambda", "AWS::Lambda::Function", "full")
    assert (found["TracingConfig"], found["Tags"]) == ({"Mode": "Active"}, [{"Key": "team", "Value": "shop"}])
    permission = one(aws, "lambda", "AWS::Lambda::Permission", "full-s3")
    assert (permission["Principal"], permission["SourceAccount"]) == ("s3.amazonaws.com", "123456789012")


def test_new_code_is_a_change_of_the_function(aws: LocalAws) -> None:
    create(aws, "recoded", "def handler(e, c): ...")
    before = read(aws, "lambda", "AWS::Lambda::Function")
    aws.client("lambda").update_function_configuration(FunctionName="recoded", Description="")
    assert read(aws, "lambda", "AWS::Lambda::Function") != before


def test_a_stage_of_a_rest_api_with_its_method_settings(aws: LocalAws) -> None:
    client = aws.client("apigateway")
    api = client.create_rest_api(name="shop")["id"]
    root = client.get_resources(restApiId=api)["items"][0]["id"]
    client.put_method(restApiId=api, resourceId=root, httpMethod="GET", authorizationType="NONE")
    client.put_integration(restApiId=api, resourceId=root, httpMethod="GET", type="MOCK")
    deployment = client.create_deployment(restApiId=api)["id"]
    client.create_stage(restApiId=api, stageName="Prod", deploymentId=deployment, tracingEnabled=True)
    level = {"op": "replace", "path": "/*/*/logging/loglevel", "value": "INFO"}
    client.update_stage(restApiId=api, stageName="Prod", patchOperations=[level])
    found = one(aws, "apigateway", "AWS::ApiGateway::Stage", "Prod")
    assert (found["RestApiId"], found["TracingEnabled"]) == (api, True)
    (settings,) = found["MethodSettings"]
    assert (settings["ResourcePath"], settings["HttpMethod"], settings["LoggingLevel"]) == ("/*", "*", "INFO")
    assert one(aws, "apigateway", "AWS::ApiGateway::Method")["Integration"]["Type"] == "MOCK"


def test_a_role_with_inline_and_attached_policies(aws: LocalAws) -> None:
    iam = aws.client("iam")
    iam.create_role(RoleName="full", AssumeRolePolicyDocument=OPEN)
    iam.put_role_policy(RoleName="full", PolicyName="inline", PolicyDocument=OPEN)
    arn = iam.create_policy(PolicyName="managed", PolicyDocument=OPEN)["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="full", PolicyArn=arn)
    found = one(aws, "iam", "AWS::IAM::Role", "full")
    assert [policy["PolicyName"] for policy in found["Policies"]] == ["inline"]
    assert found["ManagedPolicyArns"] == [arn]
    managed = one(aws, "iam", "AWS::IAM::ManagedPolicy", arn)
    assert (managed["PolicyDocument"], managed["Roles"]) == (json.loads(OPEN), ["full"])


def a_topic(aws: LocalAws) -> None:
    aws.client("sns").create_topic(Name="full", Attributes={"KmsMasterKeyId": "alias/aws/sns"})


def a_queue(aws: LocalAws) -> None:
    redrive = {"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:123456789012:dead", "maxReceiveCount": 3}
    aws.client("sqs").create_queue(QueueName="dead")
    aws.client("sqs").create_queue(QueueName="full", Attributes={"RedrivePolicy": json.dumps(redrive)})


def a_key(aws: LocalAws) -> None:
    key = aws.client("kms").create_key()["KeyMetadata"]["KeyId"]
    aws.client("kms").enable_key_rotation(KeyId=key)


def a_state_machine(aws: LocalAws) -> None:
    definition = json.dumps({"StartAt": "End", "States": {"End": {"Type": "Succeed"}}})
    role = "arn:aws:iam::123456789012:role/function"
    aws.client("stepfunctions").create_state_machine(
        name="full", definition=definition, roleArn=role, tracingConfiguration={"enabled": True}
    )


def a_deployment_group(aws: LocalAws) -> None:
    client = aws.client("codedeploy")
    client.create_application(applicationName="full", computePlatform="Lambda")
    client.create_deployment_group(
        applicationName="full",
        deploymentGroupName="full",
        serviceRoleArn="arn:aws:iam::123456789012:role/function",
        deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce",
        autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE"]},
    )


def a_log_group(aws: LocalAws) -> None:
    aws.client("logs").create_log_group(logGroupName="full")
    aws.client("logs").put_retention_policy(logGroupName="full", retentionInDays=7)


def a_secret(aws: LocalAws) -> None:
    aws.client("secretsmanager").create_secret(Name="full", SecretString="x", KmsKeyId="alias/shop")


def a_stream(aws: LocalAws) -> None:
    aws.client("kinesis").create_stream(StreamName="full", ShardCount=1)
    aws.client("kinesis").start_stream_encryption(StreamName="full", EncryptionType="KMS", KeyId="alias/aws/kinesis")


def a_user_pool(aws: LocalAws) -> None:
    aws.client("cognito-idp").create_user_pool(PoolName="full", MfaConfiguration="OPTIONAL")


def an_event_rule(aws: LocalAws) -> None:
    aws.client("events").put_rule(Name="full", ScheduleExpression="rate(1 day)", State="DISABLED")


def an_alarm(aws: LocalAws) -> None:
    settings = {"Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"}
    aws.client("cloudwatch").put_metric_alarm(
        AlarmName="full", MetricName="Errors", Namespace="Shop", Statistic="Sum", **settings
    )


def a_scaling_target(aws: LocalAws) -> None:
    aws.client("application-autoscaling").register_scalable_target(
        ServiceNamespace="dynamodb",
        ResourceId="table/full",
        ScalableDimension="dynamodb:table:ReadCapacityUnits",
        MinCapacity=1,
        MaxCapacity=5,
    )


def an_http_api(aws: LocalAws) -> None:
    client = aws.client("apigatewayv2")
    api = client.create_api(Name="shop", ProtocolType="HTTP")["ApiId"]
    client.create_stage(ApiId=api, StageName="full", AccessLogSettings={"DestinationArn": "arn:logs", "Format": "$id"})


@pytest.mark.parametrize(
    ("make", "place", "kind", "expected"),
    [
        (a_topic, "sns", "AWS::SNS::Topic", {"KmsMasterKeyId": "alias/aws/sns"}),
        (a_queue, "sqs", "AWS::SQS::Queue", {"QueueName": "full", "VisibilityTimeout": 30}),
        (a_key, "kms", "AWS::KMS::Key", {"EnableKeyRotation": True, "Enabled": True}),
        (a_state_machine, "states", "AWS::StepFunctions::StateMachine", {"TracingConfiguration": {"Enabled": True}}),
        (
            a_deployment_group,
            "codedeploy",
            "AWS::CodeDeploy::DeploymentGroup",
            {"AutoRollbackConfiguration": {"Enabled": True, "Events": ["DEPLOYMENT_FAILURE"]}},
        ),
        (a_log_group, "logs", "AWS::Logs::LogGroup", {"LogGroupName": "full", "RetentionInDays": 7}),
        (a_secret, "secretsmanager", "AWS::SecretsManager::Secret", {"KmsKeyId": "alias/shop"}),
        (
            a_stream,
            "kinesis",
            "AWS::Kinesis::Stream",
            {"StreamEncryption": {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"}},
        ),
        (a_user_pool, "cognito-idp", "AWS::Cognito::UserPool", {"MfaConfiguration": "OPTIONAL"}),
        (an_event_rule, "events", "AWS::Events::Rule", {"ScheduleExpression": "rate(1 day)", "State": "DISABLED"}),
        (an_alarm, "monitoring", "AWS::CloudWatch::Alarm", {"AlarmName": "full", "Namespace": "Shop"}),
        (
            a_scaling_target,
            "application-autoscaling",
            "AWS::ApplicationAutoScaling::ScalableTarget",
            {"ResourceId": "table/full", "MinCapacity": 1},
        ),
        (
            an_http_api,
            "apigatewayv2",
            "AWS::ApiGatewayV2::Stage",
            {"StageName": "full", "AccessLogSettings": {"DestinationArn": "arn:logs", "Format": "$id"}},
        ),
    ],
)
def test_each_service_is_read(
    aws: LocalAws, make: Callable[[LocalAws], None], place: str, kind: str, expected: dict[str, Any]
) -> None:
    make(aws)
    found = read(aws, place.removesuffix("v2"), kind)
    assert any(expected.items() <= dict(each.properties).items() for each in found), found
