"""AWS WAF web ACLs, as they stand before APIs."""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, Trigger, managed_rule
from workbench.managed_rules.parameters import list_of
from workbench.managed_rules.properties import beside, compliant, first, judged, non_compliant, read
from workbench.resources import Resource

WEB_ACL = "AWS::WAFv2::WebACL"
LOGGING = "AWS::WAFv2::LoggingConfiguration"


def wafv2_webacl_not_empty(acl: Resource, parameters: Parameters) -> Finding:
    """The web ACL has rules.

    NON_COMPLIANT when it holds neither a rule nor a rule group.

    Source: AWS Config Developer Guide, wafv2-webacl-not-empty.
    """
    rules = read(acl, "Rules")
    return judged(rules.is_set, f"The web ACL has {'' if rules.is_set else 'no '}rules.", rules)


def wafv2_logging_enabled(acl: Resource, parameters: Parameters) -> Finding:
    """The web ACL logs its requests.

    NON_COMPLIANT without a logging configuration, or when no destination is in KinesisFirehoseDeliveryStreamArns.

    Source: AWS Config Developer Guide, wafv2-logging-enabled.
    """
    configurations = beside(acl, LOGGING)
    if not configurations:
        return non_compliant("The web ACL does not log.", read(acl))
    destinations = configurations[0].get("LogDestinationConfigs")
    allowed = list_of(parameters, "KinesisFirehoseDeliveryStreamArns")
    if allowed and first(destinations.items(), lambda item: item.text() in allowed) is None:
        return non_compliant("No log destination is in KinesisFirehoseDeliveryStreamArns.", destinations)
    return compliant("The web ACL logs its requests.", destinations)


RULES = (
    managed_rule(wafv2_webacl_not_empty, WEB_ACL),
    managed_rule(
        wafv2_logging_enabled, WEB_ACL, trigger=Trigger.PERIODIC, optional=("KinesisFirehoseDeliveryStreamArns",)
    ),
)
