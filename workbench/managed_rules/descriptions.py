"""Descriptions, across services: whether a resource says what it is for.

Owns the rules that judge nothing but a description.
"""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, managed_rule
from workbench.managed_rules.properties import Property, judged, read
from workbench.resources import Resource


def apigateway_stage_description(stage: Resource, parameters: Parameters) -> Finding:
    """The stage has a description.

    NON_COMPLIANT without a description, or with an empty one.

    Source: AWS Config Developer Guide, apigateway-stage-description.
    """
    return _described(read(stage, "Description"))


def apigatewayv2_stage_description(stage: Resource, parameters: Parameters) -> Finding:
    """The stage has a description.

    NON_COMPLIANT without a description, or with an empty one.

    Source: AWS Config Developer Guide, apigatewayv2-stage-description.
    """
    return _described(read(stage, "Description"))


def cloudwatch_alarm_description(alarm: Resource, parameters: Parameters) -> Finding:
    """The alarm has a description.

    NON_COMPLIANT without a description, or with an empty one.

    Source: AWS Config Developer Guide, cloudwatch-alarm-description.
    """
    return _described(read(alarm, "AlarmDescription"))


def iam_policy_description(policy: Resource, parameters: Parameters) -> Finding:
    """The customer managed policy has a description.

    NON_COMPLIANT without a description, or with an empty one.

    Source: AWS Config Developer Guide, iam-policy-description.
    """
    return _described(read(policy, "Description"))


def lambda_function_description(function: Resource, parameters: Parameters) -> Finding:
    """The function has a description.

    NON_COMPLIANT without a description, or with an empty one.

    Source: AWS Config Developer Guide, lambda-function-description.
    """
    return _described(read(function, "Description"))


def _described(description: Property) -> Finding:
    there = bool(description.text())
    return judged(there, f"There is {'a' if there else 'no'} description.", description)


RULES = (
    managed_rule(apigateway_stage_description, "AWS::ApiGateway::Stage"),
    managed_rule(apigatewayv2_stage_description, "AWS::ApiGatewayV2::Stage"),
    managed_rule(cloudwatch_alarm_description, "AWS::CloudWatch::Alarm"),
    managed_rule(iam_policy_description, "AWS::IAM::ManagedPolicy"),
    managed_rule(lambda_function_description, "AWS::Lambda::Function"),
)
