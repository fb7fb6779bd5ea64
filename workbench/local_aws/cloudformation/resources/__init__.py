"""How each resource type is provided: one module a service, one explicit registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.local_aws.cloudformation.provider import Provider
from workbench.local_aws.cloudformation.resources import recorded, s3

PROVIDERS: Mapping[str, Provider] = {
    **s3.PROVIDERS,
}


def finder(special: Mapping[str, Provider]) -> Callable[[str], Provider]:
    """Finds a type's provider; `special` holds those that need more than clients, `Custom::*` under `Custom`.

    A type that nobody provides is recorded only.
    """
    providers = {**PROVIDERS, **special}

    def provider_of(resource_type: str) -> Provider:
        name = "Custom" if resource_type.startswith("Custom::") else resource_type
        return providers.get(name) or recorded.provider(resource_type)

    return provider_of
