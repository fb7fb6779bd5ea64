"""S3 buckets as AWS has them since 2023: encrypted, not public, without ACLs, and guarded against becoming otherwise.

Owns the defaults of a new bucket and what its settings refuse. Those of moto are of before, and refuse nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.s3 import models
from moto.s3.exceptions import S3ClientError

from workbench.managed_rules.policies import first_public, is_fixed_for_s3, statements
from workbench.managed_rules.properties import Property

_ON = "true"
_ENFORCED = "BucketOwnerEnforced"
_SSE_S3 = {"Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}}


class ClosedBucket(models.FakeBucket):  # type: ignore[misc]
    """A bucket in moto's store."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.public_access_block = models.PublicAccessBlock(_ON, _ON, _ON, _ON)
        self.ownership_rule = _ENFORCED

    @property
    def encryption(self) -> Any:
        return self._encryption or _SSE_S3

    @encryption.setter
    def encryption(self, configuration: Any) -> None:
        self._encryption = configuration

    @property
    def policy(self) -> Any:
        return self._policy

    @policy.setter
    def policy(self, document: Any) -> None:
        if document and self._blocks("block_public_policy") and _is_public(document):
            self._refuse("PutBucketPolicy", "public policies are blocked by the BlockPublicPolicy")
        self._policy = document

    def set_acl(self, acl: Any) -> None:
        grantees = [grantee for grant in acl.grants for grantee in grant.grantees] if acl else []
        if self.ownership_rule == _ENFORCED and any(grantee.id != models.OWNER for grantee in grantees):
            raise S3ClientError("AccessControlListNotSupported", "The bucket does not allow ACLs")
        if self._blocks("block_public_acls") and any("/groups/global/" in grantee.uri for grantee in grantees):
            self._refuse("PutBucketAcl", "public access control lists (ACLs) are blocked by the BlockPublicAcls")
        super().set_acl(acl)

    def _blocks(self, setting: str) -> bool:
        return str(getattr(self.public_access_block, setting, "")).lower() == _ON

    def _refuse(self, action: str, because: str) -> None:
        who = f"User: arn:aws:iam::{self.account_id}:root is not authorized to perform: s3:{action}"
        message = f'{who} on resource: "{self.arn}" because {because} block public access setting.'
        raise S3ClientError("AccessDenied", message)


def _is_public(policy: Any) -> bool:
    return first_public(statements(Property(json.loads(policy))), fixed=is_fixed_for_s3) is not None


@contextmanager
def closed_buckets() -> Iterator[None]:
    """While it lasts, moto makes such buckets."""
    original = models.FakeBucket
    models.FakeBucket = ClosedBucket
    try:
        yield
    finally:
        models.FakeBucket = original
