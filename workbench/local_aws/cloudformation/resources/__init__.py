"""How each resource type is provided: one module a service, one explicit registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.local_aws.cloudformation.provider import Provider
from workbench.local_aws.cloudformation.resources import (
    accounts,
    apigateway,
    apigateway_methods,
    apigatewayv2,
    appsync,
    autoscaling,
    cloudwatch,
    codedeploy,
    cognito,
    config,
    dynamodb,
    eventing,
    events,
    iam,
    iam_principals,
    kinesis,
    kms,
    lambda_access,
    lambda_functions,
    logs,
    networking,
    recorded,
    s3,
    secrets,
    sns,
    sqs,
    stepfunctions,
)

PROVIDERS: Mapping[str, Provider] = {
    **accounts.PROVIDERS,
    **apigateway.PROVIDERS,
    **apigateway_methods.PROVIDERS,
    **apigatewayv2.PROVIDERS,
    **appsync.PROVIDERS,
    **autoscaling.PROVIDERS,
    **cloudwatch.PROVIDERS,
    **codedeploy.PROVIDERS,
    **cognito.PROVIDERS,
    **config.PROVIDERS,
    **dynamodb.PROVIDERS,
    **eventing.PROVIDERS,
    **events.PROVIDERS,
    **iam.PROVIDERS,
    **iam_principals.PROVIDERS,
    **kinesis.PROVIDERS,
    **kms.PROVIDERS,
    **lambda_access.PROVIDERS,
    **lambda_functions.PROVIDERS,
    **logs.PROVIDERS,
    **networking.PROVIDERS,
    **s3.PROVIDERS,
    **secrets.PROVIDERS,
    **sns.PROVIDERS,
    **sqs.PROVIDERS,
    **stepfunctions.PROVIDERS,
}


def finder(special: Mapping[str, Provider]) -> Callable[[str], Provider]:
    """Finds a type's provider; `special` holds those that need more than clients.

    `Custom::*` is provided as AWS::CloudFormation::CustomResource. A type that nobody provides is recorded only.
    """
    providers = {**PROVIDERS, **special}

    def provider_of(resource_type: str) -> Provider:
        custom = resource_type.startswith("Custom::")
        name = "AWS::CloudFormation::CustomResource" if custom else resource_type
        return providers.get(name) or recorded.provider(resource_type)

    return provider_of
