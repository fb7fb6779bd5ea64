"""HTTP APIs: a request finds its route, is let in, and the route's integration answers.

Owns stages, routes and cross-origin answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from workbench.local_aws.gateway import access_logs, answers, cors, http_authorizers, routing
from workbench.local_aws.gateway.answers import Answer
from workbench.local_aws.gateway.asked import Asked
from workbench.local_aws.gateway.events import Route
from workbench.local_aws.gateway.exchange import Means
from workbench.local_aws.gateway.http_exchange import HttpExchange, Turned
from workbench.local_aws.gateway.http_integrations import integrated
from workbench.local_aws.gateway.metrics import HTTP
from workbench.local_aws.member_names import upper_camel

_DEFAULT = "$default"
_LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True)
class Place:
    """A path in a stage, which is moto's."""

    stage: Any
    path: str


def serve(asked: Asked, api: Any, means: Means) -> Answer:
    """`api` is moto's."""
    if api.protocol_type != "HTTP":
        return answers.error(501, "The local AWS does not serve WebSocket APIs.")
    asked = replace(asked, path=unquote(asked.path))
    named, rest = asked.staged()
    stage, path = (named, rest) if named in api.stages else (_DEFAULT, asked.path)
    if stage not in api.stages or str(api.disable_execute_api_endpoint).lower() == "true":
        return answers.NOT_FOUND
    allowed = cors.headers(asked, capitalized(api.cors_configuration or {}))
    if allowed and cors.is_preflight(asked):
        return Answer(204, b"", allowed)
    answer = _answered(asked, api, Place(api.stages[stage], path), means).having(("apigw-requestid", asked.short_id))
    means.metrics.add(HTTP, (asked.api_id, stage), (asked, answer))
    own = tuple(header for header in answer.headers if not (allowed and cors.is_cors(header[0])))
    return replace(answer, headers=own + allowed)


def capitalized(members: Mapping[str, Any]) -> dict[str, Any]:
    """Members in the names of the API; moto keeps those of a request's body."""
    return {upper_camel(name): value for name, value in members.items()}


def _answered(asked: Asked, api: Any, place: Place, means: Means) -> Answer:
    found = _route([route.to_json() for route in api.routes.values()], asked.method, place.path)
    if found is None:
        return answers.NOT_FOUND
    pattern = found["routeKey"].partition(" ")[2]
    parameters = (routing.captured(pattern, place.path) or {}) if pattern else {}
    variables = place.stage.stage_variables or {}
    route = Route(place.stage.name, place.path, pattern or _DEFAULT, parameters, variables, key=found["routeKey"])
    answer = _let_in(HttpExchange(asked, route, found, api, means))
    access_logs.write(place.stage.access_log_settings, means.client, route, (asked, answer))
    return answer


def _let_in(exchange: HttpExchange) -> Answer:
    if len(exchange.asked.body) > _LARGEST:
        return answers.error(413, "Request Entity Too Large")
    try:
        return integrated(http_authorizers.authorized(exchange))
    except Turned as turned:
        return turned.answer


def _route(routes: Iterable[Mapping[str, Any]], method: str, path: str) -> Mapping[str, Any] | None:
    """The most specific path that takes the method, a route for the very method first; else the default route."""
    by_key = {route["routeKey"]: route for route in routes}
    patterns = {key.partition(" ")[2] for key in by_key if key.split(" ")[0] in (method, "ANY")}
    pattern = routing.best(sorted(patterns), path)
    if pattern is None:
        return by_key.get(_DEFAULT)
    return by_key.get(f"{method} {pattern}") or by_key[f"ANY {pattern}"]
