"""Whose requests these are: one account, known as such."""

from __future__ import annotations

from typing import Any

from workbench.local_aws.corrections.replacing import replace_once


def correct() -> None:
    _serve_one_account()
    _know_callers_as_the_account()


def _serve_one_account() -> None:
    """Whose a request is would be looked for in IAM of every partition, each with its thousand policies of AWS."""
    from moto.core import DEFAULT_ACCOUNT_ID
    from moto.iam import models

    def account_of(_: str) -> str:
        return str(DEFAULT_ACCOUNT_ID)

    models.get_account_id_from = account_of


def _know_callers_as_the_account() -> None:
    """Whoever comes with made-up credentials is the account's root; moto's own answer has no form that AWS knows."""
    from moto.sts.models import STSBackend

    original = STSBackend.get_caller_identity

    def get_caller_identity(self: Any, access_key_id: str, region: str) -> tuple[str, str, str]:
        found: tuple[str, str, str] = original(self, access_key_id, region)
        user_id, arn, account = found
        if arn.endswith(":user/moto"):
            return account, f"arn:{self.partition}:iam::{account}:root", account
        return user_id, arn, account

    replace_once(STSBackend, "get_caller_identity", get_caller_identity)
