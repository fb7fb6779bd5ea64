"""Amazon S3 buckets: who may enter.

Owns public access, ACLs and transport. Nothing in the template means S3's defaults of a new bucket: all four
public-access-block settings on, ACLs disabled. A public-access block that is written down holds only what it says.
"""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, Trigger, managed_rule
from workbench.managed_rules.parameters import list_of
from workbench.managed_rules.policies import (
    denies_plain_http,
    is_fixed_for_s3,
    is_public,
    statements_of,
)
from workbench.managed_rules.properties import (
    Property,
    all_of,
    beside,
    compliant,
    first,
    judged,
    non_compliant,
    read,
)
from workbench.resources import Resource

BUCKET = "AWS::S3::Bucket"
BUCKET_POLICY = "AWS::S3::BucketPolicy"
BLOCKS = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
READ_ACTIONS = ("s3:Get*", "s3:List*")
WRITE_ACTIONS = ("s3:AbortMultipartUpload", "s3:Delete*", "s3:Put*", "s3:RestoreObject")
PUBLIC_READ_ACLS = ("PublicRead", "PublicReadWrite", "AuthenticatedRead")
PUBLIC_WRITE_ACLS = ("PublicReadWrite",)
OWNER_ACLS = ("", "Private", "BucketOwnerRead", "BucketOwnerFullControl")


def s3_bucket_public_read_prohibited(bucket: Resource, parameters: Parameters) -> Finding:
    """Nobody outside can read the bucket.

    COMPLIANT when the public-access block restricts public policies or the bucket policy is not public for reading,
    and it restricts public ACLs or the ACL is not public for reading. A policy is public when it admits everyone
    without a condition on fixed values.

    Source: AWS Config Developer Guide, s3-bucket-public-read-prohibited; S3 User Guide, the meaning of "public".
    """
    return _closed_to_public(bucket, "read", READ_ACTIONS, PUBLIC_READ_ACLS)


def s3_bucket_public_write_prohibited(bucket: Resource, parameters: Parameters) -> Finding:
    """Nobody outside can write to the bucket.

    COMPLIANT when the public-access block restricts public policies or the bucket policy is not public for writing,
    and it restricts public ACLs or the ACL is not public for writing. A policy is public when it admits everyone
    without a condition on fixed values.

    Source: AWS Config Developer Guide, s3-bucket-public-write-prohibited; S3 User Guide, the meaning of "public".
    """
    return _closed_to_public(bucket, "write", WRITE_ACTIONS, PUBLIC_WRITE_ACLS)


def _closed_to_public(bucket: Resource, verb: str, actions: tuple[str, ...], acls: tuple[str, ...]) -> Finding:
    acl = read(bucket, "AccessControl")
    if all_of(lambda: not _blocks(bucket, "IgnorePublicAcls"), lambda: _acl(bucket) in acls):
        return non_compliant(f"The ACL {acl.text()} lets the public {verb}.", acl)
    opening = first(_statements(bucket), lambda statement: _opens(bucket, statement, actions))
    if opening:
        return non_compliant(f"The bucket policy lets the public {verb}.", opening)
    return compliant(f"The public cannot {verb}.", read(bucket, "PublicAccessBlockConfiguration"))


def _opens(bucket: Resource, statement: Property, actions: tuple[str, ...]) -> bool:
    return all_of(
        lambda: not _blocks(bucket, "RestrictPublicBuckets"),
        lambda: is_public(statement, actions, is_fixed_for_s3),
    )


def _blocks(bucket: Resource, setting: str) -> bool:
    block = read(bucket, "PublicAccessBlockConfiguration")
    return block.known() is None or block.get(setting).flag()


def _acl(bucket: Resource) -> str:
    return "" if _acls_disabled(bucket) else read(bucket, "AccessControl").text()


def _acls_disabled(bucket: Resource) -> bool:
    """CloudFormation refuses an ACL without a word on ownership, so only a stated enforcement overrides one."""
    rules = read(bucket, "OwnershipControls", "Rules").items()
    return first(rules, lambda rule: rule.get("ObjectOwnership").text() == "BucketOwnerEnforced") is not None


def _statements(bucket: Resource) -> tuple[Property, ...]:
    return statements_of(beside(bucket, BUCKET_POLICY))


def s3_bucket_level_public_access_prohibited(bucket: Resource, parameters: Parameters) -> Finding:
    """All four public-access-block settings of the bucket are on.

    NON_COMPLIANT when one of them is off, unless the bucket is in excludedPublicBuckets. The account's settings do not
    help.

    Source: AWS Config Developer Guide, s3-bucket-level-public-access-prohibited; Security Hub S3.8.
    """
    block = read(bucket, "PublicAccessBlockConfiguration")
    if bucket.physical_id in list_of(parameters, "excludedPublicBuckets"):
        return compliant(f"The bucket {bucket.physical_id} is in excludedPublicBuckets.", block)
    off = first(BLOCKS, lambda setting: not _blocks(bucket, setting))
    if off:
        return non_compliant(f"The public-access block has {off} off.", block.get(off))
    return compliant("The public-access block is on.", block)


def s3_bucket_acl_prohibited(bucket: Resource, parameters: Parameters) -> Finding:
    """No ACL gives anyone but the owner access.

    COMPLIANT when ownership is BucketOwnerEnforced (the default of a new bucket) or the ACL is private.

    Source: AWS Config Developer Guide, s3-bucket-acl-prohibited; Security Hub S3.12.
    """
    acl = read(bucket, "AccessControl")
    granting = all_of(lambda: not _acls_disabled(bucket), lambda: acl.text() not in OWNER_ACLS)
    return judged(not granting, f"The ACL {acl.text()} grants access." if granting else "No ACL grants access.", acl)


def s3_bucket_ssl_requests_only(bucket: Resource, parameters: Parameters) -> Finding:
    """Only TLS requests are accepted.

    COMPLIANT when the bucket policy denies everyone all actions on the bucket and its objects when
    aws:SecureTransport is false. An Allow for TLS requests alone does not stop the others.

    Source: AWS Config Developer Guide, s3-bucket-ssl-requests-only; Security Hub S3.5.
    """
    arn = str(bucket.attributes.get("Arn") or f"arn:aws:s3:::{bucket.physical_id}")
    denial = first(_statements(bucket), lambda statement: denies_plain_http(statement, (arn, f"{arn}/*"), ("s3:*",)))
    if denial:
        return compliant("The bucket policy denies requests without TLS.", denial)
    policies = beside(bucket, BUCKET_POLICY)
    if policies:
        return non_compliant("The bucket policy does not deny requests without TLS.", policies[0].get("PolicyDocument"))
    return non_compliant("No bucket policy denies requests without TLS.", read(bucket))


RULES = (
    managed_rule(s3_bucket_public_read_prohibited, BUCKET, trigger=Trigger.HYBRID),
    managed_rule(s3_bucket_public_write_prohibited, BUCKET, trigger=Trigger.HYBRID),
    managed_rule(s3_bucket_level_public_access_prohibited, BUCKET, optional=("excludedPublicBuckets",)),
    managed_rule(s3_bucket_acl_prohibited, BUCKET),
    managed_rule(s3_bucket_ssl_requests_only, BUCKET),
)
