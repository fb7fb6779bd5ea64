"""AWS Backup: whether a plan takes a resource in.

Owns how a backup selection is read. Plans outside the stack are not seen.
"""

from __future__ import annotations

import json

from workbench.managed_rules.dynamodb import GLOBAL_TABLE, TABLE
from workbench.managed_rules.model import (
    JUDGED_OR_NOT_APPLICABLE,
    Finding,
    Parameters,
    Trigger,
    Verdict,
    managed_rule,
)
from workbench.managed_rules.parameters import text_of
from workbench.managed_rules.policies import matches
from workbench.managed_rules.properties import (
    Property,
    Unresolved,
    all_of,
    any_of,
    beside,
    compliant,
    first,
    non_compliant,
    not_applicable,
    read,
)
from workbench.managed_rules.s3 import BUCKET
from workbench.managed_rules.tags import tag_pairs
from workbench.resources import Resource

SELECTION = "AWS::Backup::BackupSelection"
VAULT_PARAMETERS = (
    "crossRegionList",
    "crossAccountList",
    "maxRetentionDays",
    "minRetentionDays",
    "backupVaultLockCheck",
)
PLAN_PARAMETERS = ("resourceTags", "resourceId", *VAULT_PARAMETERS)


def dynamodb_in_backup_plan(table: Resource, parameters: Parameters) -> Finding:
    """A backup plan takes the table in.

    COMPLIANT when a backup selection of the stack names the table's ARN, a pattern of it, or one of its tags. Plans of
    other stacks are not seen.

    Source: AWS Config Developer Guide, dynamodb-in-backup-plan.
    """
    return _in_plan(table, f"arn:aws:dynamodb:::table/{table.physical_id}")


def dynamodb_resources_protected_by_backup_plan(table: Resource, parameters: Parameters) -> Finding:
    """A backup plan protects the table.

    COMPLIANT when a backup selection of the stack takes the table in. With resourceId or resourceTags other tables are
    NOT_APPLICABLE. Copies and vault locks are not judged offline: with those parameters a protected table is unknown.

    Source: AWS Config Developer Guide, dynamodb-resources-protected-by-backup-plan.
    """
    return _protected(table, f"arn:aws:dynamodb:::table/{table.physical_id}", parameters)


def s3_resources_protected_by_backup_plan(bucket: Resource, parameters: Parameters) -> Finding:
    """A backup plan protects the bucket.

    COMPLIANT when a backup selection of the stack takes the bucket in. With resourceId or resourceTags other buckets
    are NOT_APPLICABLE. Copies and vault locks are not judged offline: with those parameters a protected bucket is
    unknown.

    Source: AWS Config Developer Guide, s3-resources-protected-by-backup-plan.
    """
    return _protected(bucket, f"arn:aws:s3:::{bucket.physical_id}", parameters)


def _protected(resource: Resource, arn: str, parameters: Parameters) -> Finding:
    wanted, tags = text_of(parameters, "resourceId"), _wanted_tags(parameters)
    if wanted and resource.physical_id != wanted:
        return not_applicable(f"The rule judges {wanted} only.")
    if tags and not tags <= {(key.text(), value.text()) for key, value in tag_pairs(read(resource, "Tags"))}:
        return not_applicable("The resource does not have the tags in resourceTags.", read(resource, "Tags"))
    finding = _in_plan(resource, arn)
    vault = [name for name in VAULT_PARAMETERS if text_of(parameters, name)]
    if finding.verdict is Verdict.COMPLIANT and vault:
        raise Unresolved(f"What {vault[0]} asks of the backup vault is not judged offline")
    return finding


def _wanted_tags(parameters: Parameters) -> set[tuple[str, str]]:
    """`{"key": "value"}`, written as JSON."""
    text = text_of(parameters, "resourceTags")
    try:
        return {(str(key), str(value)) for key, value in json.loads(text or "{}").items()}
    except (ValueError, AttributeError):
        raise Unresolved(f"The parameter resourceTags is {text!r} where a JSON object is expected") from None


def _in_plan(resource: Resource, arn: str) -> Finding:
    full_arn = str(resource.attributes.get("Arn") or arn)
    selections = [item.get("BackupSelection") for item in beside(resource, SELECTION)]
    selection = first(selections, lambda item: _selects(item, full_arn, resource))
    if selection is None:
        return non_compliant("No backup plan of the stack takes it in.", read(resource))
    return compliant("A backup plan takes it in.", selection)


def _selects(selection: Property, arn: str, resource: Resource) -> bool:
    return all_of(
        lambda: first(selection.get("NotResources").items(), lambda item: matches(arn, item.text())) is None,
        lambda: any_of(
            lambda: first(selection.get("Resources").items(), lambda item: matches(arn, item.text())) is not None,
            lambda: first(selection.get("ListOfTags").items(), lambda item: _tagged(item, resource)) is not None,
        ),
    )


def _tagged(condition: Property, resource: Resource) -> bool:
    wanted = (condition.get("ConditionKey").text(), condition.get("ConditionValue").text())
    tags = tag_pairs(read(resource, "Tags"))
    return first(tags, lambda tag: (tag[0].text(), tag[1].text()) == wanted) is not None


RULES = (
    managed_rule(dynamodb_in_backup_plan, TABLE, GLOBAL_TABLE, trigger=Trigger.PERIODIC),
    managed_rule(
        dynamodb_resources_protected_by_backup_plan,
        TABLE,
        GLOBAL_TABLE,
        trigger=Trigger.PERIODIC,
        optional=PLAN_PARAMETERS,
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
    managed_rule(
        s3_resources_protected_by_backup_plan,
        BUCKET,
        trigger=Trigger.PERIODIC,
        optional=PLAN_PARAMETERS,
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
)
