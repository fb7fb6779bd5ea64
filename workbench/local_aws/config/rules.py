"""Config rules: what makes a rule valid, what triggers it, what it judges."""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.config.models import ConfigRule
from moto.core.exceptions import JsonRESTError

from workbench.local_aws.config.checks import Checks, ManagedRule
from workbench.local_aws.config.items import Item, Key, tags_of
from workbench.local_aws.service import AwsError, RequestContext
from workbench.resources import Resource

MOST_RULES = 1000

_HOURS = {"One_Hour": 1, "Three_Hours": 3, "Six_Hours": 6, "Twelve_Hours": 12, "TwentyFour_Hours": 24}
_ON_CHANGE = ("ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification")
_DEFINED = ("ConfigRuleName", "Description", "Scope", "Source", "MaximumExecutionFrequency")


@dataclass(frozen=True)
class Triggers:
    """When a rule is evaluated; `hours` is the period of a rule that is evaluated by the clock."""

    on_change: bool
    hours: int | None


def define(given: Mapping[str, Any], known: Mapping[str, Any] | None, context: RequestContext) -> Mapping[str, Any]:
    """The definition to keep of a PutConfigRule. Raises `AwsError` when AWS would not take it."""
    _validate(given, context)
    identity = {key: known[key] for key in ("ConfigRuleArn", "ConfigRuleId")} if known else _identity(context)
    kept = {key: given[key] for key in _DEFINED if given.get(key)}
    return {
        **kept,
        **identity,
        "InputParameters": given.get("InputParameters") or "{}",
        "ConfigRuleState": "ACTIVE",
        "EvaluationModes": given.get("EvaluationModes") or [{"Mode": "DETECTIVE"}],
    }


def _identity(context: RequestContext) -> Mapping[str, str]:
    rule_id = "config-rule-" + "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(6))
    arn = f"arn:aws:config:{context.region}:{context.account}:config-rule/{rule_id}"
    return {"ConfigRuleArn": arn, "ConfigRuleId": rule_id}


def _validate(given: Mapping[str, Any], context: RequestContext) -> None:
    """moto knows every managed rule with its parameters; what it does not check is checked here."""
    if given["Source"].get("Owner") == "CUSTOM_POLICY":
        message = "The local AWS runs managed and custom Lambda rules, not custom policy rules."
        raise AwsError("InvalidParameterValueException", message)
    anonymous = {key: value for key, value in given.items() if key not in ("ConfigRuleArn", "ConfigRuleId")}
    try:
        ConfigRule(context.account, context.region, anonymous, {})
    except JsonRESTError as error:
        raise AwsError(error.error_type, error.message) from error
    if not is_managed(given):
        _check_permission(identifier(given), context)
    for name, value in parameters(given).items():
        if not isinstance(value, str) or not value.strip():
            message = f"Blank spaces are not acceptable for input parameter: {name}."
            raise AwsError("InvalidParameterValueException", message)


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


def parameters(definition: Mapping[str, Any]) -> Mapping[str, str]:
    given: Mapping[str, str] = json.loads(definition.get("InputParameters") or "{}")
    return given


def identifier(definition: Mapping[str, Any]) -> str:
    """The managed rule's identifier, or the ARN of the function."""
    return str(definition["Source"]["SourceIdentifier"])


def is_managed(definition: Mapping[str, Any]) -> bool:
    return bool(definition["Source"]["Owner"] == "AWS")


def triggers(definition: Mapping[str, Any], checks: Checks) -> Triggers:
    """A managed rule that nobody here can judge has no trigger."""
    if is_managed(definition):
        managed = checks.rules.get(identifier(definition))
        return _managed_triggers(definition, managed) if managed else Triggers(on_change=False, hours=None)
    details = definition["Source"].get("SourceDetails") or []
    kinds = {detail["MessageType"]: detail for detail in details}
    scheduled = kinds.get("ScheduledNotification")
    hours = _hours(scheduled.get("MaximumExecutionFrequency")) if scheduled else None
    return Triggers(any(kind in kinds for kind in _ON_CHANGE), hours)


def _managed_triggers(definition: Mapping[str, Any], managed: ManagedRule) -> Triggers:
    hours = _hours(definition.get("MaximumExecutionFrequency"))
    return Triggers(
        managed.trigger in ("change", "hybrid"), hours if managed.trigger in ("periodic", "hybrid") else None
    )


def _hours(frequency: str | None) -> int:
    return _HOURS[frequency or "TwentyFour_Hours"]


def in_scope(definition: Mapping[str, Any], key: Key, resource: Resource) -> bool:
    """Whether the rule's scope holds the resource; a rule without a scope judges all that it can."""
    scope = definition.get("Scope") or {}
    types = scope.get("ComplianceResourceTypes")
    if types and key[0] not in types:
        return False
    if scope.get("ComplianceResourceId") not in (None, key[1]):
        return False
    if scope.get("TagKey"):
        value = tags_of(resource).get(scope["TagKey"])
        return value is not None and scope.get("TagValue") in (None, "", value)
    return True


def watches(definition: Mapping[str, Any], item: Item, checks: Checks) -> bool:
    """Whether a change of this resource triggers the rule."""
    if not triggers(definition, checks).on_change or not in_scope(definition, item.key, item.resource):
        return False
    if is_managed(definition):
        return item.resource.type in checks.rules[identifier(definition)].resource_types
    return True
