"""A catalogue of every managed rule that can be judged offline, and its Config rules in the local AWS."""

from __future__ import annotations

import json
from collections.abc import Mapping

from fitness import catalogue
from fitness.catalogue import Catalogue

from workbench.local_aws.server import LocalAws
from workbench.managed_rules import MANAGED_RULES, ManagedRule
from workbench.managed_rules.model import Trigger

REQUIRED: Mapping[str, Mapping[str, str]] = {
    "API_GW_ENDPOINT_TYPE_CHECK": {"endpointConfigurationTypes": "REGIONAL"},
    "APPSYNC_AUTHORIZATION_CHECK": {"AllowedAuthorizationTypes": "AWS_IAM"},
    "CLOUDFORMATION_STACK_DRIFT_DETECTION_CHECK": {"cloudformationRoleArn": "arn:aws:iam::123456789012:role/drift"},
    "CLOUDFRONT_SSL_POLICY_CHECK": {"securityPolicies": "TLSv1.2_2021"},
    "CLOUDWATCH_ALARM_SETTINGS_CHECK": {"metricName": "Errors", "period": "60"},
    "IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS": {"blockedActionsPatterns": "kms:Decrypt"},
    "IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS": {"blockedActionsPatterns": "kms:Decrypt"},
    "IAM_POLICY_BLACKLISTED_CHECK": {"policyArns": "arn:aws:iam::aws:policy/AdministratorAccess"},
    "IAM_ROLE_MANAGED_POLICY_CHECK": {"managedPolicyArns": "arn:aws:iam::aws:policy/AdministratorAccess"},
    "LAMBDA_FUNCTION_APPLICATION_LOG_LEVEL_CHECK": {"logLevel": "INFO"},
    "LAMBDA_FUNCTION_SETTINGS_CHECK": {"runtime": "python3.13,python3.14"},
    "LAMBDA_FUNCTION_SYSTEM_LOG_LEVEL_CHECK": {"logLevel": "WARN"},
    "S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED": {"blacklistedActionPattern": "s3:GetObject"},
}


def every_rule() -> Catalogue:
    """All managed rules, each with the parameters that it needs, under the names of `provide`."""
    rules = {rule.id: _entry(rule) for rule in MANAGED_RULES.values()}
    return catalogue.load(json.dumps({"version": 1, "categories": {"all": {"title": "All"}}, "rules": rules}))


def provide(aws: LocalAws, rules: Catalogue) -> None:
    """Creates the Config rules."""
    for rule in rules.rules.values():
        source = {"Owner": "AWS", "SourceIdentifier": rule.managed}
        definition = {
            "ConfigRuleName": _name(rule.id),
            "Source": source,
            "InputParameters": json.dumps(dict(rule.parameters)),
        }
        aws.client("config").put_config_rule(ConfigRule=definition)


def _entry(rule: ManagedRule) -> dict[str, object]:
    entry: dict[str, object] = {
        "title": rule.title,
        "category": "all",
        "severity": "medium",
        "resource_types": list(rule.resource_types) or ["AWS::::Account"],
        "parameters": {**rule.console_parameters, **REQUIRED.get(rule.identifier, {})},
        "match": [_name(rule.id)],
    }
    if rule.trigger is Trigger.PERIODIC:
        entry["frequency"] = "TwentyFour_Hours"
    return entry


def _name(rule: str) -> str:
    return f"every-{rule}"
