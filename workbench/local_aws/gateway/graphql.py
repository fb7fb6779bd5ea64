"""AppSync's GraphQL APIs over HTTP: who may call them is looked at, their resolvers do not run here, and say so.

`GraphQl` is the WSGI application, for hosts that begin with `<api>.appsync-api.`. Owns the addresses, too: moto gives
every API the same one, of nowhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from moto.appsync.models import appsync_backends
from moto.appsync.responses import AppSyncResponse
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HOST = re.compile(r"(?P<id>[a-z0-9]+)\.appsync-api\.")
_MAKING = ("create_graphql_api", "get_graphql_api", "list_graphql_apis", "update_graphql_api")
_originals = {name: getattr(AppSyncResponse, name) for name in _MAKING}


def name_addresses() -> None:
    """From now on, every API tells an address of its own; doing so twice is harmless."""
    for name, original in _originals.items():
        setattr(AppSyncResponse, name, _naming(original))


def _naming(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def named(response: Any) -> Any:
        answer = original(response)
        single = answer.result.get("graphqlApi")
        for described in [single] if single else answer.result.get("graphqlApis") or []:
            described.update(_addresses(described["apiId"], response.region))
        return answer

    return named


def _addresses(api_id: str, region: str) -> Mapping[str, Any]:
    plain = f"{_prefix(api_id)}.appsync-api.{region}.amazonaws.com"
    live = f"{_prefix(api_id)}.appsync-realtime-api.{region}.amazonaws.com"
    uris = {"GRAPHQL": f"https://{plain}/graphql", "REALTIME": f"wss://{live}/graphql"}
    return {"uris": uris, "dns": {"GRAPHQL": plain, "REALTIME": live}}


def _prefix(api_id: str) -> str:
    return api_id.replace("-", "")[:26]


class GraphQl:
    """Serves the GraphQL APIs of an account."""

    def __init__(self, account: str) -> None:
        self._account = account

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        found = HOST.match(request.host)
        api = next((api for api in self._apis() if found and found["id"] == _prefix(api.api_id)), None)
        return _answer(api, request)(environ, start_response)

    def _apis(self) -> Iterator[Any]:
        for backend in list(appsync_backends[self._account].values()):
            yield from backend.graphql_apis.values()


def _answer(api: Any | None, request: Request) -> Response:
    if api is None or request.path != "/graphql":
        return _error(404, "UnknownOperationException", "")
    if api.authentication_type == "API_KEY" and request.headers.get("x-api-key") not in api.api_keys:
        return _error(401, "UnauthorizedException", "You are not authorized to make this call.")
    if api.authentication_type != "API_KEY" and "authorization" not in request.headers:
        return _error(401, "UnauthorizedException", "Valid authorization header not provided.")
    return _error(501, "NotImplementedException", "The local AWS does not run the resolvers of AppSync APIs.")


def _error(status: int, kind: str, message: str) -> Response:
    body = json.dumps({"errors": [{"errorType": kind, "message": message}]}, indent=2)
    return Response(body, status, [("Content-Type", "application/json;charset=UTF-8"), ("x-amzn-ErrorType", kind)])
