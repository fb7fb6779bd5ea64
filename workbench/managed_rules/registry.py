"""All managed rules that can be judged offline, by identifier, and the one way to judge them.

Owns the registry and `evaluate`, which turns what a check cannot know into an honest UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbench.managed_rules import (
    apigateway,
    apigatewayv2,
    appsync,
    backup,
    cloudformation,
    cloudfront,
    cloudfront_origins,
    cloudwatch,
    codedeploy,
    cognito,
    descriptions,
    dynamodb,
    dynamodb_capacity,
    events,
    iam,
    iam_identities,
    kinesis,
    kms,
    lambda_,
    lambda_access,
    lambda_telemetry,
    logs,
    s3,
    s3_access,
    s3_policies,
    s3_protection,
    secretsmanager,
    sns,
    sqs,
    stepfunctions,
    tags,
    wafv2,
)
from workbench.managed_rules.model import Finding, ManagedRule, Parameters, Verdict
from workbench.managed_rules.properties import Unresolved
from workbench.resources import Resource

SERVICES = (
    apigateway,
    apigatewayv2,
    appsync,
    backup,
    cloudformation,
    cloudfront,
    cloudfront_origins,
    cloudwatch,
    codedeploy,
    cognito,
    descriptions,
    dynamodb,
    dynamodb_capacity,
    events,
    iam,
    iam_identities,
    kinesis,
    kms,
    lambda_,
    lambda_access,
    lambda_telemetry,
    logs,
    s3,
    s3_access,
    s3_policies,
    s3_protection,
    secretsmanager,
    sns,
    sqs,
    stepfunctions,
    tags,
    wafv2,
)

MANAGED_RULES: Mapping[str, ManagedRule] = {rule.identifier: rule for service in SERVICES for rule in service.RULES}


def evaluate(identifier: str, resource: Resource, parameters: Parameters) -> Finding:
    """What AWS Config would say of the resource, as far as it can be known offline.

    `resource.related` holds what surrounds it (see `surround`). Raises KeyError for an identifier without a check.
    """
    rule = MANAGED_RULES[identifier]
    if rule.resource_types and resource.type not in rule.resource_types:
        return Finding(Verdict.NOT_APPLICABLE, f"{rule.id} does not judge {resource.type}.")
    missing = [
        parameter.name for parameter in rule.parameters if parameter.required and not parameters.get(parameter.name)
    ]
    if missing:
        return Finding(Verdict.UNKNOWN, f"{rule.id} needs the parameter {missing[0]}.")
    try:
        return rule.check(resource, parameters)
    except Unresolved as gap:
        where = gap.where
        return Finding(Verdict.UNKNOWN, _sentence(gap.reason), where.path if where else (), where.at if where else None)


def _sentence(reason: str) -> str:
    return reason if reason.endswith(".") else f"{reason}."


def parameter_mistakes(identifier: str, parameters: Parameters) -> list[str]:
    """What Config would refuse: a required parameter that is missing, or one that the rule does not have."""
    rule = MANAGED_RULES[identifier]
    known = {parameter.name: parameter for parameter in rule.parameters}
    missing = [name for name, parameter in known.items() if parameter.required and not parameters.get(name)]
    strange = [name for name in parameters if name not in known]
    return [f"{rule.id} needs the parameter {name}" for name in missing] + [
        f"{rule.id} has no parameter {name}; it has {', '.join(known) or 'none'}" for name in strange
    ]
