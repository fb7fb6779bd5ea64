"""HTTP APIs: a request finds its route, and the function behind it answers in payload format 2.0 or 1.0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.local_aws.gateway import answers, cors, integration, routing
from workbench.local_aws.gateway.answers import Answer
from workbench.local_aws.gateway.asked import Asked
from workbench.local_aws.gateway.events import Route, payload_1, payload_2

_DEFAULT = "$default"


@dataclass(frozen=True)
class Place:
    """A path in a stage."""

    stage: str
    path: str
    variables: Mapping[str, str]


def serve(asked: Asked, client: integration.Client) -> Answer:
    gateway = client("apigatewayv2")
    stages = {stage["StageName"]: stage for stage in gateway.get_stages(ApiId=asked.api_id)["Items"]}
    named, rest = asked.staged()
    stage, path = (named, rest) if named in stages else (_DEFAULT, asked.path)
    if stage not in stages:
        return answers.NOT_FOUND
    allowed = cors.headers(asked, gateway.get_api(ApiId=asked.api_id).get("CorsConfiguration") or {})
    if allowed and cors.is_preflight(asked):
        return Answer(204, b"", allowed)
    answer = _answered(asked, Place(stage, path, stages[stage].get("StageVariables") or {}), client)
    own = tuple(header for header in answer.headers if not (allowed and cors.is_cors(header[0])))
    return replace(answer, headers=own + allowed)


def _answered(asked: Asked, place: Place, client: integration.Client) -> Answer:
    gateway = client("apigatewayv2")
    found = _route(gateway.get_routes(ApiId=asked.api_id)["Items"], asked.method, place.path)
    if found is None:
        return answers.NOT_FOUND
    if found.get("AuthorizationType", "NONE") != "NONE" and not asked.header("authorization"):
        return answers.UNAUTHORIZED if found["AuthorizationType"] != "AWS_IAM" else answers.FORBIDDEN
    pattern = found["RouteKey"].partition(" ")[2]
    parameters = (routing.captured(pattern, place.path) or {}) if pattern else {}
    route = Route(place.stage, place.path, pattern or _DEFAULT, parameters, place.variables, key=found["RouteKey"])
    target = found.get("Target", "").removeprefix("integrations/")
    if not target:
        return answers.HTTP_FAILED
    return _integrated(asked, route, gateway.get_integration(ApiId=asked.api_id, IntegrationId=target), client)


def _route(routes: Iterable[Mapping[str, Any]], method: str, path: str) -> Mapping[str, Any] | None:
    """The most specific path that takes the method, a route for the very method first; else the default route."""
    by_key = {route["RouteKey"]: route for route in routes}
    patterns = {key.partition(" ")[2] for key in by_key if key.split(" ")[0] in (method, "ANY")}
    pattern = routing.best(sorted(patterns), path)
    if pattern is None:
        return by_key.get(_DEFAULT)
    return by_key.get(f"{method} {pattern}") or by_key[f"ANY {pattern}"]


def _integrated(asked: Asked, route: Route, found: Mapping[str, Any], client: integration.Client) -> Answer:
    function = integration.function_of(found.get("IntegrationUri", ""), route.variables)
    if found.get("IntegrationType") != "AWS_PROXY" or function is None:
        return answers.error(501, f"The local AWS does not serve integrations of type {found.get('IntegrationType')}.")
    is_old = found.get("PayloadFormatVersion") == "1.0"
    event = {"version": "1.0", **payload_1(asked, route)} if is_old else payload_2(asked, route)
    payload = integration.invoke(client, function, event)
    if payload is None:
        return answers.HTTP_FAILED
    if not is_old:
        return answers.of_http(payload)
    answer = answers.of_rest(payload)
    return answers.HTTP_FAILED if answer is answers.MALFORMED else answer
