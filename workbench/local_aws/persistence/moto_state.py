"""The state of moto: every service's backends in all accounts and regions, as moto's own registry knows them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from moto.core.base_backend import BackendDict

# What a registry is made of; all else in it is state (the owners of all buckets).
_MADE_OF = frozenset({"backend", "service_name", "_use_boto3_regions", "_additional_regions", "_id"})


class MotoState:
    """moto as a part of the local AWS."""

    def state(self) -> Mapping[str, Any]:
        """The state of each service that was ever asked, by the place of its registry."""
        return {_place(registry): _held(registry) for registry in tuple(BackendDict._instances)}

    def restore(self, state: Mapping[str, Any]) -> None:
        for place, (more, accounts) in state.items():
            registry = _registry(place)
            vars(registry).update(more)
            for account, regions in accounts.items():
                registry[account].update(regions)


def _held(registry: Any) -> tuple[Mapping[str, Any], Mapping[str, Mapping[str, Any]]]:
    more = {name: value for name, value in vars(registry).items() if name not in _MADE_OF}
    return more, {account: dict(regions) for account, regions in tuple(registry.items())}


def _place(registry: Any) -> str:
    """`moto.s3.models:s3_backends`."""
    module = registry.backend.__module__
    names = vars(sys.modules[module])
    return f"{module}:{next(name for name, value in names.items() if value is registry)}"


def _registry(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
