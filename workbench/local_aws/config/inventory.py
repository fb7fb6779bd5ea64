"""The state of the services as resources: read again where a request may have changed it.

Owns which places are out of date. A place is a service, or one bucket (`s3/orders`). Where no request has ever written,
there is nothing to read.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from workbench.local_aws.config.checks import Checks
from workbench.local_aws.config.items import MEMBERSHIP, STACK, Key, key_of
from workbench.local_aws.config.observed import service_of
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

logger = logging.getLogger(__name__)

ServiceClient = Callable[[str], Any]
"""A client of a service in the region that is read."""

Reader = Callable[[ServiceClient, RequestContext, str], Iterable[Resource]]
"""Reads the resources of a place; of `s3/orders` it is told `orders`."""


@dataclass(frozen=True)
class Membership:
    """That a resource is part of a stack, and when CloudFormation was last done with it."""

    updated_at: datetime
    stack_tags: Mapping[str, str]


Memberships = Callable[[str], Mapping[tuple[str, str], Membership]]
"""The memberships of the resources of a region, by CloudFormation type and physical id."""

_RECORDED_STACK_STATES = (
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
    "UPDATE_ROLLBACK_FAILED",
    "DELETE_FAILED",
)


@dataclass(frozen=True)
class Sources:
    """Where the state of the services comes from; `clients` gives a client of a service in a region."""

    clients: Callable[[str, str], Any]
    readers: Mapping[str, Reader]
    memberships: Memberships


class Inventory:
    """All resources of one account and region as they are now, by Config's type and id."""

    def __init__(self, sources: Sources, context: RequestContext, checks: Checks) -> None:
        self._sources = sources
        self._context = context
        self._checks = checks
        self._read: dict[str, tuple[Resource, ...]] = {}
        self._stale: set[str] = set()
        self._lock = threading.Lock()
        self._resources: dict[Key, Resource] = {}
        self.last_refresh_seconds = 0.0

    def state(self) -> Any:
        return dict(self._read), dict(self._resources)

    def restore(self, state: Any) -> None:
        """Everything is read again when it is refreshed."""
        self._read, self._resources = state
        self._stale = set(self._read)

    def touch(self, place: str) -> bool:
        """Marks a place as out of date; False for one whose resources nobody reads."""
        if service_of(place) not in self._sources.readers:
            return False
        with self._lock:
            self._stale.add(place)
        return True

    def refresh(self) -> Mapping[Key, Resource]:
        """Reads what is out of date, and returns everything. Not to be called from two threads at once."""
        with self._lock:
            stale, self._stale = self._stale, set()
        if not stale:
            return self._resources
        began = time.monotonic()
        for place in sorted(stale):
            self._read[place] = self._read_again(place)
        surrounded = self._checks.surround([resource for read in self._read.values() for resource in read])
        self._resources = self._by_key(surrounded)
        self.last_refresh_seconds = time.monotonic() - began
        return self._resources

    def _client(self, service: str) -> Any:
        return self._sources.clients(service, self._context.region)

    def _read_again(self, place: str) -> tuple[Resource, ...]:
        service, _, name = place.partition("/")
        try:
            return tuple(self._sources.readers[service](self._client, self._context, name))
        except (BotoCoreError, ClientError) as error:
            logger.warning("The state of %s could not be read: %s", place, error)
            return self._read.get(place, ())

    def _by_key(self, resources: Iterable[Resource]) -> dict[Key, Resource]:
        found, memberships = {}, self._sources.memberships(self._context.region)
        for resource in resources:
            key = key_of(resource, self._context)
            settled = self._settled(key, resource) if key else None
            if key and settled:
                found[key] = self._joined(key, settled, memberships)
        return found

    def _joined(self, key: Key, resource: Resource, memberships: Mapping[tuple[str, str], Membership]) -> Resource:
        """With its membership in a stack: so an update that no property shows is a change, too."""
        before = self._resources.get(key)
        known = before.attributes.get(MEMBERSHIP) if before else None
        membership = memberships.get((resource.type, resource.physical_id), known)
        return replace(resource, attributes={**resource.attributes, MEMBERSHIP: membership}) if membership else resource

    def _settled(self, key: Key, resource: Resource) -> Resource | None:
        """A stack that is being changed still counts as it was before: Config records complete states only."""
        if resource.type != STACK or resource.attributes.get("StackStatus") in _RECORDED_STACK_STATES:
            return resource
        return self._resources.get(key)
