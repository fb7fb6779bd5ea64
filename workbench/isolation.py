"""Keeping a command that plays on the local AWS away from every real account.

A profile, credentials or an endpoint of the user's shell must neither be used nor get in the way.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

_NOWHERE = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}


def without_accounts(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without anything that names an AWS account."""
    return {name: value for name, value in environment.items() if not name.startswith("AWS_")} | _NOWHERE


def forget_accounts() -> None:
    """Does the same to the environment of this process."""
    kept = without_accounts(os.environ)
    os.environ.clear()
    os.environ.update(kept)
