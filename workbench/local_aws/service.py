"""The operations that the local AWS serves itself, in any AWS protocol.

Owns the registry of own operations (`install`), the words they speak (`Operation`, `RequestContext`, `AwsError`), pages
beside the AWS services (`mount`, `mount_host`) and the observers of requests (`observe`).
`workbench.local_aws.front.endpoint` looks here first and leaves the rest to moto.
The registry is global to the process, as moto's own state is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class AwsError(Exception):
    """An error that the caller sees in the protocol of the service, as from AWS.

    `code` is AWS's error code (`NoSuchConfigRuleException`); `status` counts unless the service's model states one.
    """

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


@dataclass(frozen=True)
class RequestContext:
    """Where a request acts, and the endpoint that it came in on (`http://127.0.0.1:4566`)."""

    account: str
    region: str
    endpoint: str = ""


@dataclass(frozen=True)
class Call:
    """A request that was answered with success; `writes` tells whether it may have changed something."""

    service: str
    operation: str
    region: str
    writes: bool


Operation = Callable[[Mapping[str, Any], RequestContext], Mapping[str, Any] | None]
"""Takes parameters and returns a result, both in botocore's shape (`client.operation(**parameters)`)."""

Observer = Callable[[Call], None]

_operations: dict[str, dict[str, Operation]] = {}
_exclusive: set[str] = set()
_observers: list[Observer] = []
_mounted: dict[str, WSGIApplication] = {}
_hosts: dict[re.Pattern[str], WSGIApplication] = {}


def install(service: str, operations: Mapping[str, Operation], *, exclusive: bool = False) -> None:
    """Serves these operations of a botocore service (`"config"`, `{"StartConfigRulesEvaluation": start}`).

    moto serves the service's other operations, unless the own ones are to be `exclusive`.
    """
    _operations.setdefault(service, {}).update(operations)
    if exclusive:
        _exclusive.add(service)


def observe(observer: Observer) -> None:
    """Calls the observer after each successful request of any client. It must be quick: the client is waiting."""
    _observers.append(observer)


def mount(prefix: str, application: WSGIApplication) -> None:
    """Serves everything under a path (`/_console/`) by an application of its own, not as an AWS service."""
    _mounted[prefix] = application


def mount_host(host: re.Pattern[str], application: WSGIApplication) -> None:
    """Serves every request whose Host header begins so (`abc123.execute-api.`) by an application of its own."""
    _hosts[host] = application


def mounted_at(path: str, host: str = "") -> WSGIApplication | None:
    by_host = (application for pattern, application in _hosts.items() if pattern.match(host))
    by_path = (application for prefix, application in _mounted.items() if path.startswith(prefix))
    return next(chain(by_host, by_path), None)


def uninstall_all() -> None:
    """Forgets every operation, page and observer; moto serves alone again."""
    _operations.clear()
    _exclusive.clear()
    _observers.clear()
    _mounted.clear()
    _hosts.clear()


def operations_of(service: str) -> Mapping[str, Operation]:
    return _operations.get(service, {})


def is_exclusive(service: str) -> bool:
    return service in _exclusive


def installed_services() -> tuple[str, ...]:
    return tuple(_operations)


def notify(call: Call) -> None:
    for observer in tuple(_observers):
        observer(call)
