"""What makes a Config rule valid, and what is kept of it."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.config.models import ConfigRule, Scope, SourceDetail, convert_to_class_args
from moto.core.exceptions import JsonRESTError

from workbench.local_aws.config import policies
from workbench.local_aws.config.rules import identifier, is_managed, is_policy, parameters
from workbench.local_aws.service import AwsError, RequestContext

MOST_RULES = 1000

_DEFINED = ("ConfigRuleName", "Description", "Scope", "Source", "MaximumExecutionFrequency")
_ON_POLICIES = ("ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification")


def define(given: Mapping[str, Any], known: Mapping[str, Any] | None, context: RequestContext) -> Mapping[str, Any]:
    """The definition to keep of a PutConfigRule. Raises `AwsError` when AWS would not take it."""
    _validate(given, context)
    identity = {key: known[key] for key in ("ConfigRuleArn", "ConfigRuleId")} if known else _identity(context)
    kept = {key: given[key] for key in _DEFINED if given.get(key)}
    return {
        **kept,
        **identity,
        "Source": _without_policy_text(given["Source"]),
        "InputParameters": given.get("InputParameters") or "{}",
        "ConfigRuleState": "ACTIVE",
        "EvaluationModes": given.get("EvaluationModes") or [{"Mode": "DETECTIVE"}],
    }


def policy_text(given: Mapping[str, Any]) -> str | None:
    """The policy of a custom policy rule, which its description leaves out."""
    return given["Source"]["CustomPolicyDetails"]["PolicyText"] if is_policy(given) else None


def _without_policy_text(source: Mapping[str, Any]) -> Mapping[str, Any]:
    if source["Owner"] != "CUSTOM_POLICY":
        return source
    details = {
        "PolicyRuntime": source["CustomPolicyDetails"]["PolicyRuntime"],
        "EnableDebugLogDelivery": bool(source["CustomPolicyDetails"].get("EnableDebugLogDelivery")),
    }
    return {"Owner": "CUSTOM_POLICY", "SourceDetails": source["SourceDetails"], "CustomPolicyDetails": details}


def _identity(context: RequestContext) -> Mapping[str, str]:
    rule_id = "config-rule-" + "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(6))
    arn = f"arn:aws:config:{context.region}:{context.account}:config-rule/{rule_id}"
    return {"ConfigRuleArn": arn, "ConfigRuleId": rule_id}


def _validate(given: Mapping[str, Any], context: RequestContext) -> None:
    """moto knows every managed rule with its parameters; what it does not check is checked here."""
    _validate_what_moto_stumbles_over(given)
    with _as_aws_errors():
        if is_policy(given):
            _validate_policy(given)
        else:
            anonymous = {key: value for key, value in given.items() if key not in ("ConfigRuleArn", "ConfigRuleId")}
            ConfigRule(context.account, context.region, anonymous, {})
    if not (is_managed(given) or is_policy(given)):
        _check_permission(identifier(given), context)
    for name, value in parameters(given).items():
        if not isinstance(value, str) or not value.strip():
            message = f"Blank spaces are not acceptable for input parameter: {name}."
            raise AwsError("InvalidParameterValueException", message)


def _validate_what_moto_stumbles_over(given: Mapping[str, Any]) -> None:
    if not is_policy(given) and not given["Source"].get("SourceIdentifier"):
        message = (
            "The sourceIdentifier null is invalid.  Please refer to the documentation for a list of valid "
            "sourceIdentifiers that can be used when AWS is the Owner"
        )
        raise AwsError("InvalidParameterValueException", message)
    scope = given.get("Scope") or {}
    if scope.get("ComplianceResourceId") and not scope.get("ComplianceResourceTypes"):
        message = "A single resourceType should be provided when resourceId is provided in scope"
        raise AwsError("InvalidParameterValueException", message)
    if str(given.get("InputParameters") or "{}").lstrip()[:1] != "{":
        message = f"Invalid json {given['InputParameters']} passed in the InputParameters field"
        raise AwsError("InvalidParameterValueException", message)


@contextmanager
def _as_aws_errors() -> Iterator[None]:
    try:
        yield
    except JsonRESTError as error:
        raise AwsError(error.error_type, error.message) from error


def _validate_policy(given: Mapping[str, Any]) -> None:
    source = given["Source"]
    if not source.get("CustomPolicyDetails"):
        message = "CustomPolicyDetails should be provided if the owner is CUSTOM_POLICY."
        raise AwsError("InvalidParameterValueException", message)
    if not source.get("SourceDetails"):
        message = "SourceDetails should be provided if the owner is CUSTOM_POLICY."
        raise AwsError("InvalidParameterValueException", message)
    for detail in source["SourceDetails"]:
        SourceDetail(**convert_to_class_args(detail))
        if detail["MessageType"] not in _ON_POLICIES:
            message = (
                f"The MessageType {detail['MessageType']} is invalid if the owner is CUSTOM_POLICY. "
                f"Only the following values are permitted: {', '.join(_ON_POLICIES)}"
            )
            raise AwsError("InvalidParameterValueException", message)
    Scope(**convert_to_class_args(given.get("Scope") or {}))
    policies.check(source["CustomPolicyDetails"]["PolicyText"], policies.guard())


def _check_permission(function: str, context: RequestContext) -> None:
    """Config must be allowed to invoke the function before the rule is made."""
    record = lambda_backends[context.account][context.region].get_function(function)
    principals = [statement.get("Principal") for statement in record.policy.statements]
    admitted = [each.get("Service") if isinstance(each, Mapping) else each for each in principals]
    if not {"config.amazonaws.com", "*"} & set(admitted):
        message = (
            f"The AWS Lambda function {function} cannot be invoked. "
            "Check the specified function ARN, and check the function's permissions."
        )
        raise AwsError("InsufficientPermissionsException", message)
