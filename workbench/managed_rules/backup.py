"""AWS Backup: whether a plan takes a resource in.

Owns how a backup selection is read. Plans outside the stack are not seen.
"""

from __future__ import annotations

from workbench.managed_rules.dynamodb import GLOBAL_TABLE, TABLE
from workbench.managed_rules.model import Finding, Parameters, Trigger, managed_rule
from workbench.managed_rules.policies import matches
from workbench.managed_rules.properties import Property, all_of, any_of, beside, compliant, first, non_compliant, read
from workbench.resources import Resource

SELECTION = "AWS::Backup::BackupSelection"


def dynamodb_in_backup_plan(table: Resource, parameters: Parameters) -> Finding:
    """A backup plan takes the table in.

    COMPLIANT when a backup selection of the stack names the table's ARN, a pattern of it, or one of its tags. Plans of
    other stacks are not seen.

    Source: AWS Config Developer Guide, dynamodb-in-backup-plan.
    """
    arn = str(table.attributes.get("Arn") or f"arn:aws:dynamodb:::table/{table.physical_id}")
    selections = [item.get("BackupSelection") for item in beside(table, SELECTION)]
    selection = first(selections, lambda item: _selects(item, arn, table))
    if selection is None:
        return non_compliant("No backup plan of the stack takes the table in.", read(table))
    return compliant("A backup plan takes the table in.", selection)


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
    tags = read(resource, "Tags").items()
    return first(tags, lambda tag: (tag.get("Key").text(), tag.get("Value").text()) == wanted) is not None


RULES = (managed_rule(dynamodb_in_backup_plan, TABLE, GLOBAL_TABLE, trigger=Trigger.PERIODIC),)
