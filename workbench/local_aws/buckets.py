"""New S3 buckets as AWS makes them since April 2023: no public access, no ACLs. moto's are as they were before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.s3 import models

_ON = "true"


class ClosedBucket(models.FakeBucket):  # type: ignore[misc]
    """A bucket in moto's store."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.public_access_block = models.PublicAccessBlock(_ON, _ON, _ON, _ON)
        self.ownership_rule = "BucketOwnerEnforced"


@contextmanager
def closed_buckets() -> Iterator[None]:
    """While it lasts, moto makes buckets with the defaults of today."""
    original = models.FakeBucket
    models.FakeBucket = ClosedBucket
    try:
        yield
    finally:
        models.FakeBucket = original
