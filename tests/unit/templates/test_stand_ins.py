"""Physical ids and attributes of what does not exist yet."""

from __future__ import annotations

import re
from typing import Any

import pytest

from workbench.templates.stand_ins import SHAPES, Home, stand_in_for

HOME = Home("eu-west-1", "111122223333", "orders")
GENERATED = "[A-Z0-9]{12}"
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@pytest.mark.parametrize(
    ("kind", "properties", "pattern"),
    [
        pytest.param("AWS::S3::Bucket", {}, "orders-Thing-[a-z0-9]{10}", id="a bucket without a name"),
        pytest.param("AWS::S3::Bucket", {"BucketName": "logs"}, "logs", id="a bucket with a name"),
        pytest.param("AWS::S3::BucketPolicy", {"Bucket": "logs"}, "logs", id="a bucket policy"),
        pytest.param("AWS::DynamoDB::Table", {}, f"orders-Thing-{GENERATED}", id="a table"),
        pytest.param(
            "AWS::Lambda::Version",
            {"FunctionName": "arn:aws:lambda:eu-west-1:1:function:hello"},
            "arn:aws:lambda:eu-west-1:111122223333:function:hello:1",
            id="a version",
        ),
        pytest.param(
            "AWS::Lambda::Alias",
            {"FunctionName": "hello", "Name": "live"},
            "arn:aws:lambda:eu-west-1:111122223333:function:hello:live",
            id="an alias",
        ),
        pytest.param(
            "AWS::SQS::Queue", {"QueueName": "q"}, "https://sqs.eu-west-1.amazonaws.com/111122223333/q", id="a queue"
        ),
        pytest.param("AWS::SNS::Topic", {"TopicName": "t"}, "arn:aws:sns:eu-west-1:111122223333:t", id="a topic"),
        pytest.param("AWS::IAM::Role", {"RoleName": "r"}, "r", id="a role"),
        pytest.param(
            "AWS::IAM::ManagedPolicy",
            {"ManagedPolicyName": "p", "Path": "/team/"},
            "arn:aws:iam::111122223333:policy/team/p",
            id="a managed policy with a path",
        ),
        pytest.param("AWS::KMS::Key", {}, UUID, id="a key"),
        pytest.param(
            "AWS::SecretsManager::Secret",
            {"Name": "db"},
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-[a-z0-9]+",
            id="a secret",
        ),
        pytest.param("AWS::ApiGateway::RestApi", {}, "[a-z0-9]{10}", id="a REST API"),
        pytest.param("AWS::ApiGateway::Stage", {"StageName": "Prod"}, "Prod", id="a stage"),
        pytest.param("AWS::EC2::SecurityGroup", {}, "sg-[0-9a-f]{17}", id="a security group"),
        pytest.param("Custom::Thing", {}, f"orders-Thing-{GENERATED}", id="a type without a shape"),
    ],
)
def test_a_physical_id_has_the_shape_of_a_real_one(kind: str, properties: dict[str, Any], pattern: str) -> None:
    assert re.fullmatch(pattern, stand_in_for(kind, "Thing", properties, HOME).physical_id)


@pytest.mark.parametrize(
    ("kind", "properties", "attribute", "value"),
    [
        pytest.param("AWS::S3::Bucket", {"BucketName": "b"}, "Arn", "arn:aws:s3:::b", id="bucket"),
        pytest.param(
            "AWS::DynamoDB::Table",
            {"TableName": "t"},
            "Arn",
            "arn:aws:dynamodb:eu-west-1:111122223333:table/t",
            id="table",
        ),
        pytest.param(
            "AWS::Lambda::Function",
            {"FunctionName": "f"},
            "Arn",
            "arn:aws:lambda:eu-west-1:111122223333:function:f",
            id="function",
        ),
        pytest.param("AWS::IAM::Role", {"RoleName": "r"}, "Arn", "arn:aws:iam::111122223333:role/r", id="role"),
        pytest.param(
            "AWS::Logs::LogGroup",
            {"LogGroupName": "/a"},
            "Arn",
            "arn:aws:logs:eu-west-1:111122223333:log-group:/a:*",
            id="log group",
        ),
        pytest.param("AWS::SQS::Queue", {"QueueName": "q"}, "Arn", "arn:aws:sqs:eu-west-1:111122223333:q", id="queue"),
    ],
)
def test_an_attribute_has_the_shape_of_a_real_one(
    kind: str, properties: dict[str, Any], attribute: str, value: str
) -> None:
    assert stand_in_for(kind, "Thing", properties, HOME).attributes[attribute] == value


def test_an_attribute_that_depends_on_an_absent_property_is_left_out() -> None:
    assert "AliasArn" not in stand_in_for("AWS::Lambda::Alias", "Thing", {"Name": "live"}, HOME).attributes


def test_a_stand_in_is_always_the_same_and_another_one_for_another_resource() -> None:
    first, second = (stand_in_for("AWS::SNS::Topic", name, {}, HOME).physical_id for name in ("Thing", "Other"))
    assert first == stand_in_for("AWS::SNS::Topic", "Thing", {}, HOME).physical_id
    assert first != second


def test_the_partition_follows_the_region() -> None:
    home = Home("cn-north-1", "111122223333", "orders")
    assert stand_in_for("AWS::S3::Bucket", "B", {"BucketName": "b"}, home).attributes["Arn"] == "arn:aws-cn:s3:::b"
    assert stand_in_for("AWS::SQS::Queue", "Q", {"QueueName": "q"}, home).physical_id.endswith(
        "amazonaws.com.cn/111122223333/q"
    )


def test_every_name_and_attribute_is_one_of_cloudformation() -> None:
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    for kind, shape in SHAPES.items():
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind)
        assert shape.attributes.keys() <= set(schema.get_atts), kind
        assert shape.name is None or shape.name in schema.schema["properties"], kind
