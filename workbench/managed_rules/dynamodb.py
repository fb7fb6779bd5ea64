"""Amazon DynamoDB tables: encryption, recovery and deletion.

Owns what is set on the table itself. Capacity and backup plans: `dynamodb_capacity`, `backup`.
"""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, managed_rule
from workbench.managed_rules.names import is_allowed_key
from workbench.managed_rules.parameters import list_of
from workbench.managed_rules.properties import Property, compliant, first, judged, non_compliant, read
from workbench.resources import Resource

TABLE = "AWS::DynamoDB::Table"
GLOBAL_TABLE = "AWS::DynamoDB::GlobalTable"


def dynamodb_table_encrypted_kms(table: Resource, parameters: Parameters) -> Finding:
    """The table is encrypted with a KMS key of the account.

    NON_COMPLIANT on DynamoDB's own key, which a table uses unless SSESpecification says otherwise, and when the key is
    not in kmsKeyArns.

    Source: AWS Config Developer Guide, dynamodb-table-encrypted-kms.
    """
    encryption = read(table, "SSESpecification", "SSEEnabled")
    if not encryption.flag():
        return non_compliant("The table is encrypted with DynamoDB's own key, not with KMS.", encryption)
    allowed = list_of(parameters, "kmsKeyArns")
    strange = first(_keys(table), lambda key: not is_allowed_key(key, allowed))
    if strange:
        return non_compliant(f"The key {strange.text('alias/aws/dynamodb')} is not in kmsKeyArns.", strange)
    return compliant("The table is encrypted with KMS.", encryption)


def _keys(table: Resource) -> tuple[Property, ...]:
    """The key of the table, or the keys of a global table's replicas."""
    if table.type == TABLE:
        return (read(table, "SSESpecification", "KMSMasterKeyId"),)
    return tuple(replica.get("SSESpecification", "KMSMasterKeyId") for replica in _places(table))


def _places(table: Resource) -> tuple[Property, ...]:
    """Where per-region settings stand: the table itself, or each replica of a global table."""
    return (read(table),) if table.type == TABLE else read(table, "Replicas").items()


def dynamodb_table_encryption_enabled(table: Resource, parameters: Parameters) -> Finding:
    """The table states its encryption.

    COMPLIANT when server-side encryption is enabled on the table. A table on DynamoDB's own key reports no status and
    is NON_COMPLIANT.

    Source: AWS Config Developer Guide, dynamodb-table-encryption-enabled.
    """
    encryption = read(table, "SSESpecification", "SSEEnabled")
    on = encryption.flag()
    return judged(on, f"Server-side encryption with KMS is {'on' if on else 'not on'}.", encryption)


def dynamodb_pitr_enabled(table: Resource, parameters: Parameters) -> Finding:
    """The table can be restored to any point in time.

    NON_COMPLIANT when point-in-time recovery is off (in any replica of a global table).

    Source: AWS Config Developer Guide, dynamodb-pitr-enabled.
    """
    steps = ("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")
    off = first(_places(table), lambda place: not place.get(*steps).flag())
    if off:
        return non_compliant("Point-in-time recovery is off.", off.get(*steps))
    return compliant("Point-in-time recovery is on.", read(table, steps[0]))


def dynamodb_table_deletion_protection_enabled(table: Resource, parameters: Parameters) -> Finding:
    """The table is protected from deletion.

    NON_COMPLIANT when deletion protection is off (in any replica of a global table).

    Source: AWS Config Developer Guide, dynamodb-table-deletion-protection-enabled.
    """
    off = first(_places(table), lambda place: not place.get("DeletionProtectionEnabled").flag())
    if off:
        return non_compliant("Deletion protection is off.", off.get("DeletionProtectionEnabled"))
    return compliant("Deletion protection is on.", read(table))


def dynamodb_table_cross_region_replication_enabled(table: Resource, parameters: Parameters) -> Finding:
    """The table has a replica in another region.

    NON_COMPLIANT without replicas: a table of the type AWS::DynamoDB::Table has none, a global table needs two.

    Source: AWS Config Developer Guide, dynamodb-table-cross-region-replication-enabled.
    """
    replicas = read(table, "Replicas")
    return judged(len(replicas.items()) > 1, f"Replicas of the table: {len(replicas.items())}.", replicas)


RULES = (
    managed_rule(dynamodb_table_encrypted_kms, TABLE, GLOBAL_TABLE, optional=("kmsKeyArns",)),
    managed_rule(dynamodb_table_encryption_enabled, TABLE, GLOBAL_TABLE),
    managed_rule(dynamodb_pitr_enabled, TABLE, GLOBAL_TABLE),
    managed_rule(dynamodb_table_deletion_protection_enabled, TABLE, GLOBAL_TABLE),
    managed_rule(dynamodb_table_cross_region_replication_enabled, TABLE, GLOBAL_TABLE),
)
