"""What an HTTP API's route leads to: a function in payload format 2.0 or 1.0, or a backend over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.gateway import answers, integration
from workbench.local_aws.gateway.answers import Answer
from workbench.local_aws.gateway.events import payload_1, payload_2
from workbench.local_aws.gateway.forwarding import Forwarded, Unanswered, end_to_end, filled, send
from workbench.local_aws.gateway.http_exchange import HttpExchange
from workbench.local_aws.gateway.parameters import changed
from workbench.local_aws.gateway.permissions import may_invoke

_SECONDS = 30.0
_UNAVAILABLE = answers.error(503, "Service Unavailable")


def integrated(exchange: HttpExchange) -> Answer:
    target = (exchange.found.get("target") or "").removeprefix("integrations/")
    made = exchange.api.integrations.get(target)
    if made is None:
        return answers.HTTP_FAILED
    found = made.to_json()
    kind = str(found.get("integrationType")).upper()
    if kind == "AWS_PROXY" and not found.get("integrationSubtype"):
        return _lambda_proxy(exchange, found)
    if kind == "HTTP_PROXY" and found.get("connectionType") != "VPC_LINK":
        return _http_proxy(exchange, found)
    asked_for = found.get("integrationSubtype") or ("VPC_LINK" if kind == "HTTP_PROXY" else kind)
    return answers.error(501, f"The local AWS has no integrations of type {asked_for} for HTTP APIs.")


def _lambda_proxy(exchange: HttpExchange, found: Mapping[str, Any]) -> Answer:
    function = integration.function_of(found.get("integrationUri") or "", exchange.route.variables)
    if function is None or not (found.get("credentialsArn") or may_invoke(exchange.asked, function, exchange.source)):
        return answers.HTTP_FAILED
    is_old = found.get("payloadFormatVersion") == "1.0"
    seconds = integration.seconds_of(found, _SECONDS)
    outcome = integration.invoke(exchange.means.client, function, _event(exchange, is_old=is_old), seconds)
    if outcome.failure:
        return _UNAVAILABLE if outcome.failure == "timed out" else answers.HTTP_FAILED
    if not is_old:
        return answers.of_http(outcome.payload)
    answer = answers.of_rest(outcome.payload)
    return answers.HTTP_FAILED if answer is answers.MALFORMED else answer


def _event(exchange: HttpExchange, *, is_old: bool) -> Mapping[str, Any]:
    if is_old:
        return {"version": "1.0", **payload_1(exchange.asked, exchange.route)}
    return payload_2(exchange.asked, exchange.route)


def _http_proxy(exchange: HttpExchange, found: Mapping[str, Any]) -> Answer:
    asked, route = exchange.asked, exchange.route
    named = str(found.get("integrationMethod") or "ANY")
    url = filled(integration.with_variables(found.get("integrationUri") or "", route.variables), route.parameters)
    request = Forwarded(asked.method if named == "ANY" else named, url, asked.headers, asked.query, asked.body)
    try:
        received = send(
            changed(request, found.get("requestParameters") or {}, exchange.values()),
            integration.seconds_of(found, _SECONDS),
        )
    except Unanswered:
        return _UNAVAILABLE
    return Answer(received.status, received.body, end_to_end(received.headers))
