"""How AWS Config describes a resource: its `configuration` and `supplementaryConfiguration`, by type. Pure.

A custom rule, in Lambda or in Guard, reads these. Older types have the names of their service's API in lower case;
newer ones, which Config reads through CloudFormation's registry, have the names of CloudFormation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.local_aws.config.shapes import access, apis, functions, messaging, storage
from workbench.local_aws.config.shapes.words import Description, lowered
from workbench.resources import Resource


def describe(resource: Resource) -> Description:
    return _SHAPES.get(resource.type, _as_registered)(resource)


def _as_registered(resource: Resource) -> Description:
    arn = resource.attributes.get("Arn")
    return ({"Arn": arn} if arn else {}) | dict(resource.properties), {}


def _in_lower_case(identifier: str) -> Callable[[Resource], Description]:
    """For a type that the API describes as CloudFormation does; `identifier` is its name for the physical id."""

    def describe_lowered(resource: Resource) -> Description:
        arn = resource.attributes.get("Arn")
        named = {identifier: resource.physical_id} | ({_ARN_NAMES.get(resource.type, "arn"): arn} if arn else {})
        return named | lowered(resource.properties), {}

    return describe_lowered


_ARN_NAMES = {"AWS::CloudWatch::Alarm": "alarmArn", "AWS::WAFv2::WebACL": "resourceARN"}

_SHAPES: Mapping[str, Callable[[Resource], Description]] = {
    "AWS::ApiGateway::RestApi": apis.rest_api,
    "AWS::ApiGateway::Stage": apis.stage,
    "AWS::ApiGatewayV2::Api": apis.v2_api,
    "AWS::ApiGatewayV2::Stage": apis.v2_stage,
    "AWS::CloudFormation::Stack": _in_lower_case("stackId"),
    "AWS::CloudWatch::Alarm": _in_lower_case("alarmName"),
    "AWS::CodeDeploy::Application": _in_lower_case("applicationName"),
    "AWS::CodeDeploy::DeploymentGroup": _in_lower_case("deploymentGroupName"),
    "AWS::DynamoDB::Table": storage.table,
    "AWS::EC2::Subnet": _in_lower_case("subnetId"),
    "AWS::IAM::Group": access.group,
    "AWS::IAM::ManagedPolicy": access.managed_policy,
    "AWS::IAM::Role": access.role,
    "AWS::IAM::User": access.user,
    "AWS::KMS::Key": access.key,
    "AWS::Lambda::Function": functions.function,
    "AWS::S3::Bucket": storage.bucket,
    "AWS::SNS::Topic": messaging.topic,
    "AWS::SQS::Queue": messaging.queue,
    "AWS::WAFv2::WebACL": _in_lower_case("id"),
}
