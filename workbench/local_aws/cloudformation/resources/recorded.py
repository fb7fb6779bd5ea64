"""Resource types that nothing here provides: they are recorded only, so that stacks which hold them still deploy."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider

logger = logging.getLogger(__name__)
_warned: set[str] = set()


class PlausibleAttributes(dict[str, Any]):
    """Answers any attribute: an ARN for what is called one, otherwise a text that tells where it comes from."""

    def __init__(self, arn: str, physical_id: str) -> None:
        super().__init__()
        self._arn, self._physical_id = arn, physical_id

    def __contains__(self, attribute: object) -> bool:
        return True

    def __missing__(self, attribute: str) -> str:
        return self._arn if attribute.endswith("Arn") else f"{self._physical_id}.{attribute}"


def provider(resource_type: str) -> Provider:
    """Keeps the resource's name and answers references to it."""

    def create(properties: Properties, context: Context) -> Physical:
        if resource_type not in _warned:
            _warned.add(resource_type)
            logger.warning("%s is recorded only: the local AWS has nothing that provides it", resource_type)
        physical_id = _own_name(resource_type, properties) or context.name()
        return Physical(physical_id, PlausibleAttributes(_arn(resource_type, physical_id, context), physical_id))

    def update(physical_id: str, _old: Properties, _new: Properties, context: Context) -> Physical:
        return Physical(physical_id, PlausibleAttributes(_arn(resource_type, physical_id, context), physical_id))

    return Provider(create, update, lambda *_: None)


def _own_name(resource_type: str, properties: Mapping[str, Any]) -> str | None:
    kind = resource_type.rsplit("::", 1)[-1]
    name = properties.get(f"{kind}Name") or properties.get("Name")
    return str(name) if isinstance(name, str) else None


def _arn(resource_type: str, physical_id: str, context: Context) -> str:
    _, service, kind, *_ = [*resource_type.lower().split("::"), "", ""]
    return context.arn(service, f"{kind}/{physical_id}")
