"""Which own services the local AWS serves, and what each needs of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID

from workbench.local_aws import service
from workbench.local_aws.cloudformation import resources
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.operations import operations
from workbench.local_aws.corrections import correct_moto

Clients = Callable[[str, str], Any]
"""A boto3 client for a service in a region."""


def wire(clients: Clients) -> None:
    """Installs every own service."""
    correct_moto()
    engine = Engine(clients, DEFAULT_ACCOUNT_ID, resources.finder({}), _ignore)
    service.install("cloudformation", operations(engine), exclusive=True)


def _ignore(event: Mapping[str, Any]) -> None:
    """No service listens to events yet."""
