"""The shape in which resources are judged offline: CloudFormation properties, plus what surrounds the resource.

Owns `Resource` and `Unknown`. Templates (`workbench.templates`) and the services of the local AWS
(`workbench.local_aws`) both produce it; the checks (`workbench.managed_rules`) read nothing else. That is why a
preview and a deployment agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Unknown:
    """A property value that cannot be resolved offline; may stand anywhere inside `Resource.properties`."""

    reason: str


@dataclass(frozen=True)
class Resource:
    """One resource in its CloudFormation shape.

    Attributes:
        path: logical path in the stack (`Storage/OrdersTable`); the physical id where there is no stack.
        type: CloudFormation type (`AWS::S3::Bucket`).
        physical_id: what `Ref` returns. In a preview, a stand-in that is consistent across the template,
            so that relations are found by equality of values, as in a real account.
        properties: CloudFormation properties with every intrinsic resolved, or `Unknown` in its place.
        attributes: what `Fn::GetAtt` returns (`Arn`, ...).
        related: resources that belong to this one's verdict (bucket policy, permissions, scaling targets, ...).
    """

    path: str
    type: str
    physical_id: str
    properties: Mapping[str, Any]
    attributes: Mapping[str, Any] = field(default_factory=dict)
    related: tuple[Resource, ...] = ()
