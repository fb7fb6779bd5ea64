"""Physical ids and attributes of resources that do not exist yet.

Owns `SHAPES`, the registry by resource type, and `stand_in_for`. A stand-in has the real shape and is the same
wherever the template refers to it, so that relations are found by equality of values, as in an account. What a type's
shape does not give is not known before deployment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.templates.stand_ins import apis, compute, messaging, operations, security, storage
from workbench.templates.stand_ins.shape import Home, Shape, StandIn, stand_in

SHAPES: Mapping[str, Shape] = {
    **apis.SHAPES,
    **compute.SHAPES,
    **messaging.SHAPES,
    **operations.SHAPES,
    **security.SHAPES,
    **storage.SHAPES,
}
_ANY = Shape()


def stand_in_for(kind: str, logical_id: str, properties: Mapping[str, Any], home: Home) -> StandIn:
    """The stand-in of a resource of the CloudFormation type `kind`."""
    return stand_in(SHAPES.get(kind, _ANY), logical_id, properties, home)


__all__ = ["Home", "StandIn", "stand_in_for"]
