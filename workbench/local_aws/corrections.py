"""Where moto is stricter than AWS, made as lenient as AWS is."""

from __future__ import annotations

from typing import Any


def correct_moto() -> None:
    """Applies every correction to moto's classes; doing so twice is harmless."""
    _let_logs_be_delivered_before_the_policy_exists()


def _let_logs_be_delivered_before_the_policy_exists() -> None:
    """S3 takes a logging configuration without looking at the permissions of the destination bucket.

    Templates rely on it: the policy that permits the delivery usually refers to the bucket that logs.
    """
    from moto.s3.models import FakeBucket

    def permitted(*_: Any, **__: Any) -> bool:
        return True

    FakeBucket._log_permissions_enabled_policy = permitted
