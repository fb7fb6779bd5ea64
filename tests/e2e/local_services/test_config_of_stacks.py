"""AWS Config judges what stacks hold: the stacks themselves, and resources that no service here keeps."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.local_services.configuration import BUCKET, becomes, bucket, put_rule, rows, status
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

STACK = "AWS::CloudFormation::Stack"


def create_stack(aws: LocalAws, name: str, **resources: Any) -> str:
    client = aws.client("cloudformation")
    stack_id = client.create_stack(StackName=name, TemplateBody=json.dumps({"Resources": resources}))["StackId"]
    client.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
    return str(stack_id)


def test_a_complete_stack_is_recorded(aws: LocalAws) -> None:
    rule = put_rule(aws, "CLOUDFORMATION_TERMINATION_PROTECTION_CHECK")
    stack = create_stack(aws, "recorded", Queue={"Type": "AWS::SQS::Queue"})
    assert becomes(aws, rule, stack, "NON_COMPLIANT", STACK)


def test_a_stack_is_not_recorded_while_it_changes(aws: LocalAws) -> None:
    rule = put_rule(aws, "CLOUDFORMATION_TERMINATION_PROTECTION_CHECK", name="while-changing")
    assert eventually(lambda: status(aws, rule)["FirstEvaluationStarted"])
    waiting = {
        "Type": "AWS::CloudFormation::WaitCondition",
        "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": "60"},
    }
    template = {"Resources": {"Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"}, "Wait": waiting}}
    made = aws.client("cloudformation").create_stack(StackName="changing", TemplateBody=json.dumps(template))
    assert not eventually(lambda: rows(aws, STACK, made["StackId"]), 1)


def test_a_graphql_api_is_judged_by_what_the_service_holds(aws: LocalAws) -> None:
    rule, client = put_rule(aws, "APPSYNC_GRAPHQL_API_XRAY_ENABLED"), aws.client("appsync")
    api = client.create_graphql_api(name="shop", authenticationType="API_KEY", xrayEnabled=True)["graphqlApi"]
    assert becomes(aws, rule, api["apiId"], "COMPLIANT", "AWS::AppSync::GraphQLApi")
    client.update_graphql_api(apiId=api["apiId"], name="shop", authenticationType="API_KEY", xrayEnabled=False)
    assert becomes(aws, rule, api["apiId"], "NON_COMPLIANT", "AWS::AppSync::GraphQLApi")


def test_a_resource_that_no_service_keeps_is_judged_by_its_template(aws: LocalAws) -> None:
    rule = put_rule(aws, "CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED")
    origin = {
        "Id": "site",
        "DomainName": "site.example.com",
        "CustomOriginConfig": {"OriginProtocolPolicy": "https-only"},
    }
    behavior = {"TargetOriginId": "site", "ViewerProtocolPolicy": "https-only"}
    config = {"Enabled": True, "Origins": [origin], "DefaultCacheBehavior": behavior}
    create_stack(
        aws, "held", Site={"Type": "AWS::CloudFront::Distribution", "Properties": {"DistributionConfig": config}}
    )
    described = aws.client("cloudformation").describe_stack_resource(StackName="held", LogicalResourceId="Site")
    distribution = described["StackResourceDetail"]["PhysicalResourceId"]
    assert becomes(aws, rule, distribution, "NON_COMPLIANT", "AWS::CloudFront::Distribution")


def test_a_rule_can_be_scoped_to_a_stack_by_the_tag_of_its_resources(aws: LocalAws) -> None:
    scope = {"TagKey": "aws:cloudformation:stack-name", "TagValue": "scoped"}
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED", name="of-one-stack", Scope=scope)
    outside = bucket(aws, "outside-of-the-stack")
    stack_id = create_stack(aws, "scoped", Bucket={"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "inside"}})
    assert becomes(aws, rule, "inside", "NON_COMPLIANT")
    assert rule not in rows(aws, BUCKET, outside)
    history = aws.client("config").get_resource_config_history(resourceType=BUCKET, resourceId="inside")
    (latest, *_) = history["configurationItems"]
    assert latest["tags"]["aws:cloudformation:logical-id"] == "Bucket"
    assert latest["relationships"][0]["resourceId"] == stack_id
