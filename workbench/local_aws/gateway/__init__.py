"""API Gateway's data plane: routes of REST and HTTP APIs answer over HTTP by invoking their functions.

`Gateway` is the WSGI application. It serves `/_aws/execute-api/<api id>/<stage>/<path>`, and every path when the Host
is `<api id>.execute-api.<anything>`. Where a route asks for an identity, one must be given; no authorizer looks at it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from moto.apigateway.models import apigateway_backends
from moto.apigatewayv2.models import apigatewayv2_backends
from werkzeug.wrappers import Request, Response

from workbench.local_aws.gateway import http_api, rest
from workbench.local_aws.gateway.answers import FORBIDDEN, NOT_FOUND, REST_FAILED, Answer
from workbench.local_aws.gateway.asked import Asked, asked

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

logger = logging.getLogger(__name__)

PREFIX = "/_aws/execute-api/"
HOST = re.compile(r"(?P<api>[a-z0-9]+)\.execute-api\.")

Clients = Callable[[str, str], Any]
"""A client of a service in a region: `LocalAws.client`."""

_Serve = Callable[[Asked, Callable[[str], Any]], Answer]
_KINDS: Mapping[str, tuple[Any, _Serve]] = {
    "REST": (apigateway_backends, rest.serve),
    "HTTP": (apigatewayv2_backends, http_api.serve),
}


class Gateway:
    """Serves the APIs of an account."""

    def __init__(self, account: str, clients: Clients) -> None:
        self._account = account
        self._clients = clients

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        api_id, path = _addressed(request)
        answer = self._answer(request, api_id, path)
        return Response(answer.body, answer.status, list(answer.headers))(environ, start_response)

    def _answer(self, request: Request, api_id: str, path: str) -> Answer:
        for backends, serve in _KINDS.values():
            for region, backend in list(backends[self._account].items()):
                if api_id in backend.apis:
                    where = asked(request, self._account, region, api_id, path)
                    return self._served(serve, where)
        return FORBIDDEN if HOST.match(request.host) else NOT_FOUND

    def _served(self, serve: _Serve, where: Asked) -> Answer:
        try:
            return serve(where, partial(_client, self._clients, where.region))
        except ClientError:
            logger.exception("%s %s failed", where.method, where.path)
            return REST_FAILED


def _client(clients: Clients, region: str, service: str) -> Any:
    return clients(service, region)


def _addressed(request: Request) -> tuple[str, str]:
    """The API's id, and the path after it."""
    by_host = HOST.match(request.host)
    if by_host:
        return by_host["api"], request.path
    api_id, _, path = request.path.removeprefix(PREFIX).partition("/")
    return api_id, f"/{path}"
