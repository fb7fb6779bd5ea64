"""Which resources belong together, in all the ways in which templates and services name them."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.managed_rules import surround
from workbench.resources import Resource, Unknown

ARN = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
QUEUE_URL = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders"


def resource(path: str, type_: str, physical_id: str = "", /, **properties: Any) -> Resource:
    return Resource(path, f"AWS::{type_}", physical_id or path, properties)


def related(*resources: Resource) -> list[str]:
    """The logical paths of what surrounds the first resource."""
    return [other.path for other in surround(resources)[0].related]


def test_order_and_properties_stay() -> None:
    resources = (resource("Policy", "S3::BucketPolicy", Bucket="Bucket"), resource("Bucket", "S3::Bucket"))
    assert [(one.path, one.properties) for one in surround(resources)] == [
        ("Policy", {"Bucket": "Bucket"}),
        ("Bucket", {}),
    ]


@pytest.mark.parametrize("name", ["assets", "arn:aws:s3:::assets"])
def test_a_bucket_has_its_policy(name: str) -> None:
    bucket = resource("Bucket", "S3::Bucket", "assets")
    assert related(bucket, resource("Policy", "S3::BucketPolicy", Bucket=name)) == ["Policy"]


def test_a_bucket_does_not_have_the_policy_of_another() -> None:
    bucket = resource("Bucket", "S3::Bucket", "assets")
    assert related(bucket, resource("Policy", "S3::BucketPolicy", Bucket="assets-2")) == []


def test_two_that_take_their_name_from_one_unknown_parameter_belong_together() -> None:
    name = Unknown("the parameter Name has no value")
    bucket = resource("Bucket", "S3::Bucket", BucketName=name)
    assert related(bucket, resource("Policy", "S3::BucketPolicy", Bucket=name)) == ["Policy"]


def test_an_unknown_reference_points_outside() -> None:
    bucket = resource("Bucket", "S3::Bucket", BucketName="assets")
    assert related(bucket, resource("Policy", "S3::BucketPolicy", Bucket=Unknown("imported"))) == []


@pytest.mark.parametrize("name", ["orders", "orders:live", ARN, f"{ARN}:live", "111122223333:function:orders"])
def test_a_function_has_its_permissions(name: str) -> None:
    function = resource("Function", "Lambda::Function", "orders")
    assert related(function, resource("Permission", "Lambda::Permission", FunctionName=name)) == ["Permission"]


def test_a_permission_of_an_alias_surrounds_the_alias() -> None:
    function = resource("Function", "Lambda::Function", "orders")
    alias = resource("Live", "Lambda::Alias", "Live", FunctionName="orders", Name="live")
    permission = resource("Permission", "Lambda::Permission", FunctionName="Live")
    [found] = surround([function, alias, permission])[0].related
    assert [other.path for other in found.related] == ["Permission"]


def test_a_function_has_its_url_and_its_asynchronous_settings() -> None:
    function = resource("Function", "Lambda::Function", "orders")
    url = resource("Url", "Lambda::Url", TargetFunctionArn=ARN)
    config = resource("Config", "Lambda::EventInvokeConfig", FunctionName="orders")
    assert set(related(function, url, config)) == {"Url", "Config"}


def test_a_table_has_the_targets_of_its_indexes() -> None:
    table = resource("Table", "DynamoDB::Table", "orders")
    target = resource("Target", "ApplicationAutoScaling::ScalableTarget", ResourceId="table/orders/index/by-day")
    assert related(table, target) == ["Target"]


def test_a_table_has_the_policies_that_name_their_target() -> None:
    table = resource("Table", "DynamoDB::Table", "orders")
    dimension = "table/orders|dynamodb:table:ReadCapacityUnits|dynamodb"
    policy = resource("Policy", "ApplicationAutoScaling::ScalingPolicy", ScalingTargetId=dimension)
    assert related(table, policy) == ["Policy"]


def test_a_stage_has_its_api_with_its_methods_and_web_acl() -> None:
    stage = resource("Stage", "ApiGateway::Stage", "Prod", RestApiId="abc", StageName="Prod")
    api = resource("Api", "ApiGateway::RestApi", "abc")
    method = resource("Method", "ApiGateway::Method", RestApiId="abc")
    arn = "arn:aws:apigateway:eu-west-1::/restapis/abc/stages/Prod"
    assert set(related(stage, api, method, resource("Acl", "WAFv2::WebACLAssociation", ResourceArn=arn))) == {
        "Api",
        "Method",
        "Acl",
    }


@pytest.mark.parametrize("queue", [QUEUE_URL, "arn:aws:sqs:eu-west-1:111122223333:orders"])
def test_a_queue_has_its_policy(queue: str) -> None:
    policy = resource("Policy", "SQS::QueuePolicy", Queues=["other", queue])
    assert related(resource("Queue", "SQS::Queue", QUEUE_URL), policy) == ["Policy"]


def test_a_topic_has_its_policy() -> None:
    arn = "arn:aws:sns:eu-west-1:111122223333:orders"
    policy = resource("Policy", "SNS::TopicPolicy", Topics=[arn])
    assert related(resource("Topic", "SNS::Topic", arn), policy) == ["Policy"]


def test_a_role_has_the_policies_that_name_it() -> None:
    role = resource("Role", "IAM::Role", "worker")
    inline = resource("Inline", "IAM::Policy", Roles=["worker"])
    managed = resource("Managed", "IAM::ManagedPolicy", Roles=["other", "worker"])
    assert set(related(role, inline, managed, resource("Foreign", "IAM::Policy", Roles=["other"]))) == {
        "Inline",
        "Managed",
    }


def test_a_key_has_its_aliases() -> None:
    key = Resource("Key", "AWS::KMS::Key", "1234", {}, {"Arn": "arn:aws:kms:eu-west-1:111122223333:key/1234"})
    by_id = resource("ById", "KMS::Alias", TargetKeyId="1234")
    by_arn = resource("ByArn", "KMS::Alias", TargetKeyId="arn:aws:kms:eu-west-1:111122223333:key/1234")
    assert set(related(key, by_id, by_arn)) == {"ById", "ByArn"}


def test_two_buckets_that_replicate_each_other_end_somewhere() -> None:
    first = resource("First", "S3::Bucket", ReplicationConfiguration=replicated_to("Second"))
    second = resource("Second", "S3::Bucket", ReplicationConfiguration=replicated_to("First"))
    assert related(first, second) == ["Second"]


def replicated_to(bucket: str) -> dict[str, Any]:
    return {"Rules": [{"Status": "Enabled", "Destination": {"Bucket": f"arn:aws:s3:::{bucket}"}}]}
