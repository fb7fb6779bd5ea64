"""What a resource is to be, compared with what it is and with what its type can hold."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.local_aws.cloudformation.model import StackResource
from workbench.local_aws.cloudformation.provider import Properties, Provider
from workbench.local_aws.cloudformation.schemas import naming

logger = logging.getLogger(__name__)

_warned: set[tuple[str, str]] = set()


@dataclass(frozen=True)
class Wanted:
    """What a resource is to be: its part of the template, resolved."""

    logical_id: str
    type: str
    properties: Properties
    body: Mapping[str, Any]
    requires: frozenset[str]


def changed_properties(old: Properties, new: Properties) -> frozenset[str]:
    return frozenset(name for name in {*old, *new} if old.get(name) != new.get(name))


def renaming_refusal(wanted: Wanted, old: StackResource) -> str | None:
    """Why a resource that the template names cannot be replaced; the new one would need the old one's name."""
    kept = (key for key in naming(wanted.type) if wanted.properties.get(key) == old.properties.get(key))
    name = next((wanted.properties[key] for key in kept if key in wanted.properties), None)
    if name is None:
        return None
    cause = "CloudFormation cannot update a stack when a custom-named resource requires replacing."
    return f"{cause} Rename {name} and update the stack again."


def warn_of_unheld(wanted: Wanted, provider: Provider) -> None:
    """Says once of each property that takes no effect that it is only kept beside the resource."""
    for name in wanted.properties.keys() - (provider.held or wanted.properties.keys()):
        if (wanted.type, name) not in _warned:
            _warned.add((wanted.type, name))
            logger.warning("%s of %s is recorded only: the local AWS has no place for it", name, wanted.type)
