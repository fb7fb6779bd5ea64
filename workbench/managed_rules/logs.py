"""Amazon CloudWatch Logs: log groups.

Owns retention and encryption of log groups.
"""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, Trigger, managed_rule
from workbench.managed_rules.names import same_key
from workbench.managed_rules.parameters import list_of, number_of, text_of
from workbench.managed_rules.properties import compliant, judged, non_compliant, not_applicable, read
from workbench.resources import Resource

LOG_GROUP = "AWS::Logs::LogGroup"
A_YEAR = 365


def cloudwatch_log_group_encrypted(group: Resource, parameters: Parameters) -> Finding:
    """The log group is encrypted with a KMS key.

    NON_COMPLIANT without a KMS key, or with another than KmsKeyId.

    Source: AWS Config Developer Guide, cloudwatch-log-group-encrypted.
    """
    key, wanted = read(group, "KmsKeyId"), text_of(parameters, "KmsKeyId")
    if not key.is_set:
        return non_compliant("The log group is not encrypted with KMS.", key)
    if wanted and not same_key(key.text(), wanted):
        return non_compliant(f"The log group is encrypted with {key.text()}, not {wanted}.", key)
    return compliant("The log group is encrypted with KMS.", key)


def cw_loggroup_retention_period_check(group: Resource, parameters: Parameters) -> Finding:
    """Logs are kept long enough.

    NON_COMPLIANT when retention is shorter than MinRetentionTime days (365 when not given). A group that never expires
    is COMPLIANT. With LogGroupNames, groups without one of these prefixes are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, cw-loggroup-retention-period-check.
    """
    prefixes, name = list_of(parameters, "LogGroupNames"), group.physical_id
    if prefixes and not name.startswith(prefixes):
        return not_applicable(f"The log group {name} has none of the prefixes in LogGroupNames.")
    retention = read(group, "RetentionInDays")
    days, least = retention.number(), number_of(parameters, "MinRetentionTime") or A_YEAR
    if not days:
        return compliant("The log group never expires.", retention)
    return judged(days >= least, f"Logs are kept for {days:g} days; the least is {least:g}.", retention)


RULES = (
    managed_rule(cloudwatch_log_group_encrypted, LOG_GROUP, trigger=Trigger.PERIODIC, optional=("KmsKeyId",)),
    managed_rule(
        cw_loggroup_retention_period_check,
        LOG_GROUP,
        trigger=Trigger.PERIODIC,
        optional=("LogGroupNames", "MinRetentionTime"),
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
)
