"""Config rules: what triggers a rule, what it judges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.local_aws.config.checks import Checks, ManagedRule
from workbench.local_aws.config.items import Item, Key, tags_of
from workbench.resources import Resource

_HOURS = {"One_Hour": 1, "Three_Hours": 3, "Six_Hours": 6, "Twelve_Hours": 12, "TwentyFour_Hours": 24}
_ON_CHANGE = ("ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification")


@dataclass(frozen=True)
class Triggers:
    """When a rule is evaluated; `hours` is the period of a rule that is evaluated by the clock."""

    on_change: bool
    hours: int | None


def parameters(definition: Mapping[str, Any]) -> Mapping[str, str]:
    given: Mapping[str, str] = json.loads(definition.get("InputParameters") or "{}")
    return given


def identifier(definition: Mapping[str, Any]) -> str:
    """The managed rule's identifier, or the ARN of the custom rule's function."""
    return str(definition["Source"]["SourceIdentifier"])


def is_managed(definition: Mapping[str, Any]) -> bool:
    return bool(definition["Source"]["Owner"] == "AWS")


def is_policy(definition: Mapping[str, Any]) -> bool:
    return bool(definition["Source"]["Owner"] == "CUSTOM_POLICY")


def runs_function(definition: Mapping[str, Any]) -> bool:
    """Whether the rule is a custom Lambda rule."""
    return bool(definition["Source"]["Owner"] == "CUSTOM_LAMBDA")


def is_detective(definition: Mapping[str, Any]) -> bool:
    """Whether the rule judges resources that exist."""
    return {"Mode": "DETECTIVE"} in definition.get("EvaluationModes", [{"Mode": "DETECTIVE"}])


def triggers(definition: Mapping[str, Any], checks: Checks) -> Triggers:
    """A managed rule that nobody here can judge has no trigger, nor has one that judges what is yet to be deployed."""
    if not is_detective(definition):
        return Triggers(on_change=False, hours=None)
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


def holds(definition: Mapping[str, Any], item: Item) -> bool:
    """Whether the rule's scope holds the resource as it is described by this item."""
    return in_scope(definition, item.key, item.resource)


def judges(definition: Mapping[str, Any], item: Item, checks: Checks) -> bool:
    """Whether the rule has something to say of such a resource."""
    if not holds(definition, item):
        return False
    return not is_managed(definition) or item.resource.type in checks.rules[identifier(definition)].resource_types


def watches(definition: Mapping[str, Any], item: Item, checks: Checks) -> bool:
    """Whether a change of this resource triggers the rule."""
    return triggers(definition, checks).on_change and judges(definition, item, checks)
