"""Amazon S3: protection of what is stored, and of the access points to it.

Owns object lock, MFA delete, the life of old versions, copies in other regions, and access points.
"""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, Verdict, managed_rule
from workbench.managed_rules.parameters import list_of, text_of
from workbench.managed_rules.properties import (
    Property,
    Unresolved,
    any_of,
    compliant,
    first,
    judged,
    non_compliant,
    not_applicable,
    read,
)
from workbench.managed_rules.s3 import BUCKET, is_copied_within
from workbench.managed_rules.s3_access import BLOCKS
from workbench.resources import Resource

ACCESS_POINT = "AWS::S3::AccessPoint"


def s3_bucket_default_lock_enabled(bucket: Resource, parameters: Parameters) -> Finding:
    """Object lock is on.

    NON_COMPLIANT when object lock is off, or when mode is given and the default retention has another mode.

    Source: AWS Config Developer Guide, s3-bucket-default-lock-enabled.
    """
    lock, configuration = read(bucket, "ObjectLockEnabled"), read(bucket, "ObjectLockConfiguration")
    if not any_of(lock.flag, lambda: configuration.get("ObjectLockEnabled").text() == "Enabled"):
        return non_compliant("Object lock is off.", lock)
    wanted, mode = text_of(parameters, "mode"), configuration.get("Rule", "DefaultRetention", "Mode")
    if wanted and mode.text() != wanted:
        return non_compliant(f"The mode of the default retention is {mode.text('not set')}, not {wanted}.", mode)
    return compliant("Object lock is on.", lock)


def s3_bucket_mfa_delete_enabled(bucket: Resource, parameters: Parameters) -> Finding:
    """Versions are deleted with MFA only.

    NON_COMPLIANT unless MFA delete is on, which CloudFormation cannot set.

    Source: AWS Config Developer Guide, s3-bucket-mfa-delete-enabled.
    """
    mfa = read(bucket, "VersioningConfiguration", "MFADelete")
    return judged(mfa.text() == "Enabled", f"MFA delete is {mfa.text('off').lower()}.", mfa)


def s3_version_lifecycle_policy_check(bucket: Resource, parameters: Parameters) -> Finding:
    """A bucket with versions has a lifecycle rule.

    NON_COMPLIANT when versioning is on and no lifecycle rule is enabled. Without versioning, or not in bucketNames,
    NOT_APPLICABLE.

    Source: AWS Config Developer Guide, s3-version-lifecycle-policy-check.
    """
    names, status = list_of(parameters, "bucketNames"), read(bucket, "VersioningConfiguration", "Status")
    if names and bucket.physical_id not in names:
        return not_applicable(f"The bucket {bucket.physical_id} is not in bucketNames.")
    if status.text() != "Enabled":
        return not_applicable("The bucket keeps no versions.", status)
    rules = read(bucket, "LifecycleConfiguration", "Rules")
    active = first(rules.items(), lambda rule: rule.get("Status").text() == "Enabled")
    return judged(active is not None, f"{'A' if active else 'No'} lifecycle rule is enabled.", rules)


def s3_bucket_cross_region_replication_enabled(bucket: Resource, parameters: Parameters) -> Finding:
    """The bucket is replicated to another region.

    NON_COMPLIANT when no replication rule is enabled, or when the copy lies in the same stack and so in the same
    region. The region of a bucket outside the stack is not known offline.

    Source: AWS Config Developer Guide, s3-bucket-cross-region-replication-enabled.
    """
    rules = read(bucket, "ReplicationConfiguration", "Rules")
    active = [rule for rule in rules.items() if rule.get("Status").text() == "Enabled"]
    foreign = first(active, lambda rule: not is_copied_within(bucket, rule))
    if foreign:
        raise Unresolved("The region of the destination bucket is not known", foreign.get("Destination", "Bucket"))
    return non_compliant("No enabled replication rule leads to another region.", rules)


def s3_access_point_in_vpc_only(point: Resource, parameters: Parameters) -> Finding:
    """The access point admits a VPC only.

    NON_COMPLIANT when its network origin is the internet, as when no VPC is set.

    Source: AWS Config Developer Guide, s3-access-point-in-vpc-only.
    """
    vpc = read(point, "VpcConfiguration")
    return judged(vpc.is_set, f"The network origin is {'a VPC' if vpc.is_set else 'the internet'}.", vpc)


def s3_access_point_public_access_blocks(point: Resource, parameters: Parameters) -> Finding:
    """All four public-access-block settings of the access point are on.

    NON_COMPLIANT when one of them is off, unless the access point is in excludedAccessPoints. All are on when nothing
    is set.

    Source: AWS Config Developer Guide, s3-access-point-public-access-blocks.
    """
    block = read(point, "PublicAccessBlockConfiguration")
    excluded = list_of(parameters, "excludedAccessPoints")
    if excluded and any_of(lambda: point.physical_id in excluded, lambda: read(point, "Name").text() in excluded):
        return compliant("The access point is in excludedAccessPoints.", block)
    off = first(BLOCKS, lambda setting: not _is_on(block, setting))
    if off:
        return non_compliant(f"The public-access block has {off} off.", block.get(off))
    return compliant("The public-access block is on.", block)


def _is_on(block: Property, setting: str) -> bool:
    """Settings of an access point are on unless they are turned off."""
    return block.get(setting).flag(default=True)


RULES = (
    managed_rule(s3_bucket_default_lock_enabled, BUCKET, optional=("mode",)),
    managed_rule(s3_bucket_mfa_delete_enabled, BUCKET),
    managed_rule(
        s3_version_lifecycle_policy_check, BUCKET, optional=("bucketNames",), verdicts=JUDGED_OR_NOT_APPLICABLE
    ),
    managed_rule(s3_bucket_cross_region_replication_enabled, BUCKET, verdicts=(Verdict.NON_COMPLIANT,)),
    managed_rule(s3_access_point_in_vpc_only, ACCESS_POINT),
    managed_rule(s3_access_point_public_access_blocks, ACCESS_POINT, optional=("excludedAccessPoints",)),
)
