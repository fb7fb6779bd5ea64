"""Which own services the local AWS serves, and what each needs of the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moto.core import DEFAULT_ACCOUNT_ID

from workbench.local_aws import service
from workbench.local_aws.cloudformation import resources
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.operations import operations
from workbench.local_aws.corrections import correct_moto
from workbench.local_aws.services import ServiceOptions, Services

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Clients = Callable[[str, str], Any]
"""A boto3 client for a service in a region."""


def wire(app: WSGIApplication, endpoint: str, clients: Clients, options: ServiceOptions) -> Services:
    """Installs every own service, with `app` answering at `endpoint`; whoever wires also closes what is returned."""
    correct_moto()
    services = Services(app, endpoint, clients, options)
    engine = Engine(clients, DEFAULT_ACCOUNT_ID, resources.finder({}), services.publish)
    service.install("cloudformation", operations(engine), exclusive=True)
    return services
