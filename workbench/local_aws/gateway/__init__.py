"""API Gateway's data plane: routes of REST and HTTP APIs answer over HTTP by invoking their functions.

`Gateway` is the WSGI application. It serves `/_aws/execute-api/<api id>/<stage>/<path>`, and every path when the Host
is `<api id>.execute-api.<anything>`.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import apigateway_backends
from moto.apigatewayv2.models import apigatewayv2_backends
from werkzeug.wrappers import Request, Response

from workbench.local_aws import service
from workbench.local_aws.gateway import (
    deployments,
    function_urls,
    graphql,
    http_api,
    http_importing,
    importing,
    patching,
    quick_create,
    rest,
    url_configs,
)
from workbench.local_aws.gateway.answers import FAILED, FORBIDDEN, NOT_FOUND, Answer
from workbench.local_aws.gateway.asked import Asked, addressed, asked
from workbench.local_aws.gateway.decisions import Decisions
from workbench.local_aws.gateway.exchange import Means
from workbench.local_aws.gateway.metrics import Metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

logger = logging.getLogger(__name__)

PREFIX = "/_aws/execute-api/"
HOST = re.compile(r"(?P<api>[a-z0-9]+)\.execute-api\.")

Clients = Callable[[str, str], Any]
"""A client of a service in a region: `LocalAws.client`."""

_Serve = Callable[[Asked, Any, Means], Answer]
_KINDS: Mapping[str, tuple[Any, _Serve]] = {
    "REST": (apigateway_backends, rest.serve),
    "HTTP": (apigatewayv2_backends, http_api.serve),
}


def install(account: str, clients: Clients) -> None:
    """Serves all that an account answers over HTTP, and what moto lacks of its control plane."""
    deployments.keep_definitions()
    service.install("apigateway", {**importing.operations(), **patching.operations()})
    service.install("apigatewayv2", {**http_importing.operations(), **quick_create.operations()})
    service.install("lambda", url_configs.operations())
    apis = Gateway(account, clients)
    service.mount(PREFIX, apis)
    service.mount_host(HOST, apis)
    urls = function_urls.FunctionUrls(account, clients)
    service.mount(function_urls.PREFIX, urls)
    service.mount_host(function_urls.HOST, urls)
    graphql.name_addresses()
    service.mount_host(graphql.HOST, graphql.GraphQl(account))


class Gateway:
    """Serves the APIs of an account. `clock` tells when what an authorizer decided has had its time."""

    def __init__(self, account: str, clients: Clients, clock: Callable[[], float] = time.monotonic) -> None:
        self._account = account
        self._clients = clients
        self._decisions = Decisions(clock)
        self._metrics = Metrics()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        api_id, path = addressed(request, HOST, PREFIX)
        answer = self._answer(request, api_id, path)
        return Response(answer.body, answer.status, list(answer.headers))(environ, start_response)

    def _answer(self, request: Request, api_id: str, path: str) -> Answer:
        for backends, serve in _KINDS.values():
            for region, backend in list(backends[self._account].items()):
                if api_id in backend.apis:
                    where = asked(request, self._account, region, api_id, path)
                    return self._served(serve, where, backend.apis[api_id])
        return FORBIDDEN if HOST.match(request.host) else NOT_FOUND

    def _served(self, serve: _Serve, where: Asked, api: Any) -> Answer:
        means = Means(partial(_client, self._clients, where.region), self._decisions, self._metrics)
        try:
            return serve(where, api, means)
        except Exception:
            logger.exception("%s %s failed", where.method, where.path)
            return FAILED


def _client(clients: Clients, region: str, service: str) -> Any:
    return clients(service, region)
