"""What a REST API's method leads to, by the type of its integration.

Owns the mapping of requests and responses of those that are no proxies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from workbench.local_aws.gateway import answers, aws_services, integration
from workbench.local_aws.gateway.answers import JSON, Answer
from workbench.local_aws.gateway.events import payload_1
from workbench.local_aws.gateway.exchange import Exchange
from workbench.local_aws.gateway.forwarding import Forwarded, Received, Unanswered, end_to_end, filled, replaced, send
from workbench.local_aws.gateway.java_methods import text_of
from workbench.local_aws.gateway.mapping import parameters
from workbench.local_aws.gateway.permissions import may_invoke
from workbench.local_aws.gateway.refusals import Refused
from workbench.local_aws.gateway.templates import Rendered, rendered

_SECONDS = 29.0
_STATUS = re.compile(r"[\"']?statusCode[\"']?\s*:\s*[\"']?(\d{3})")


def integrated(exchange: Exchange) -> Answer:
    """What the integration answers; raises `Refused` where it fails."""
    kind = str(exchange.integration.get("type", "")).upper()
    if kind not in _TYPES:
        return answers.error(501, f"The local AWS has no integrations of type {kind}.", "NotImplementedException")
    if exchange.integration.get("connectionType") == "VPC_LINK":
        return answers.error(501, "The local AWS has no VPC links.", "NotImplementedException")
    try:
        return _TYPES[kind](exchange)
    except Unanswered as error:
        failure = "INTEGRATION_TIMEOUT" if error.reason == "timed out" else "INTEGRATION_FAILURE"
        raise Refused(failure) from error


def _lambda_proxy(exchange: Exchange) -> Answer:
    outcome = _invoked(exchange, payload_1(exchange.asked, exchange.route, exchange.api.binary_types))
    if outcome.failure:
        raise Refused("DEFAULT_5XX")
    answer = answers.of_rest(outcome.payload, decodes=_wants_binary(exchange))
    if answer is answers.MALFORMED:
        raise Refused("DEFAULT_5XX")
    return answer


def _wants_binary(exchange: Exchange) -> bool:
    """A base64 body is decoded for callers whose first accepted type is one of the API's binary types."""
    wanted = exchange.asked.header("accept").split(",")[0].partition(";")[0].strip()
    return bool({"*/*", wanted} & set(exchange.api.binary_types))


def _invoked(exchange: Exchange, event: Any) -> integration.Outcome:
    found = exchange.integration
    function = integration.function_of(found.get("uri") or "", exchange.route.variables)
    if function is None or not (found.get("credentials") or may_invoke(exchange.asked, function, exchange.source)):
        raise Refused("API_CONFIGURATION_ERROR")
    seconds = integration.seconds_of(found, _SECONDS)
    outcome = integration.invoke(exchange.means.client, function, event, seconds)
    if outcome.failure == "timed out":
        raise Refused("INTEGRATION_TIMEOUT")
    return outcome


def _mock(exchange: Exchange) -> Answer:
    status = _STATUS.search(_request_body(exchange).text)
    if status is None:
        raise Refused("API_CONFIGURATION_ERROR")
    return _mapped(exchange, Received(int(status[1]), (), b""), status[1])


def _http_proxy(exchange: Exchange) -> Answer:
    asked = exchange.asked
    headers = replaced(asked.headers, _request_parameters(exchange, "header"))
    query = replaced(asked.query, _request_parameters(exchange, "querystring"))
    request = Forwarded(_verb(exchange), _url(exchange), headers, query, asked.body)
    received = send(request, integration.seconds_of(exchange.integration, _SECONDS))
    return Answer(received.status, received.body, end_to_end(received.headers))


def _http(exchange: Exchange) -> Answer:
    request = _mapped_request(exchange)
    received = send(request, integration.seconds_of(exchange.integration, _SECONDS))
    return _mapped(exchange, received, str(received.status))


def _aws(exchange: Exchange) -> Answer:
    if integration.function_of(exchange.integration.get("uri") or "", exchange.route.variables):
        return _lambda(exchange)
    request = _mapped_request(exchange)
    if not aws_services.is_service(request.url):
        raise Refused("API_CONFIGURATION_ERROR")
    seconds = integration.seconds_of(exchange.integration, _SECONDS)
    received = aws_services.request(exchange.means.client, request, seconds)
    return _mapped(exchange, received, str(received.status))


def _lambda(exchange: Exchange) -> Answer:
    """A function gets the mapped body and no more; its error's message selects the response."""
    outcome = _invoked(exchange, _request_body(exchange).text.encode() or b"{}")
    selector = _error_message(outcome.payload) if outcome.failure else "200"
    return _mapped(exchange, Received(200, (), outcome.payload), selector)


def _error_message(payload: bytes) -> str:
    found = re.search(rb'"errorMessage"\s*:\s*"((?:[^"\\]|\\.)*)"', payload)
    return found[1].decode() if found else ""


def _mapped_request(exchange: Exchange) -> Forwarded:
    mapped = _request_body(exchange)
    headers = {"Content-Type": "application/json", **_request_parameters(exchange, "header")}
    query = _request_parameters(exchange, "querystring") | _texts(mapped.request, "querystring")
    return Forwarded(
        _verb(exchange),
        _url(exchange, _texts(mapped.request, "path")),
        replaced(tuple(headers.items()), _texts(mapped.request, "header")),
        tuple(query.items()),
        mapped.text.encode(),
    )


def _texts(overrides: Mapping[str, Any], place: str) -> dict[str, str]:
    return {name: text_of(value) for name, value in (overrides.get(place) or {}).items()}


def _verb(exchange: Exchange) -> str:
    named = str(exchange.integration.get("httpMethod") or "ANY")
    return exchange.asked.method if named == "ANY" else named


def _url(exchange: Exchange, overrides: Mapping[str, str] = MappingProxyType({})) -> str:
    url = integration.with_variables(exchange.integration.get("uri") or "", exchange.route.variables)
    return filled(url, {**exchange.route.parameters, **_request_parameters(exchange, "path"), **overrides})


def _request_parameters(exchange: Exchange, place: str) -> dict[str, str]:
    named = exchange.integration.get("requestParameters") or {}
    return parameters(named, f"integration.request.{place}.", exchange.values())


def _request_body(exchange: Exchange) -> Rendered:
    """The template for the request's content type, or the body as it came where that may pass."""
    templates = exchange.integration.get("requestTemplates") or {}
    kind = exchange.asked.header("content-type").partition(";")[0].strip() or "application/json"
    if kind in templates:
        return rendered(templates[kind], exchange.values())
    passes = {"NEVER": False, "WHEN_NO_TEMPLATES": not templates}
    if not passes.get(str(exchange.integration.get("passthroughBehavior") or "").upper(), True):
        raise Refused("UNSUPPORTED_MEDIA_TYPE")
    return Rendered(exchange.asked.body.decode("utf-8", "replace"))


def _mapped(exchange: Exchange, received: Received, selector: str) -> Answer:
    response = _selected(exchange.integration.get("integrationResponses") or {}, selector)
    body = received.body.decode("utf-8", "replace")
    values = replace(exchange.values(), response={"header": dict(received.headers)}, body=body)
    headers = parameters(response.get("responseParameters") or {}, "method.response.header.", values)
    template = (response.get("responseTemplates") or {}).get("application/json")
    mapped = rendered(template, values) if template else None
    overrides = mapped.response if mapped else {}
    pairs = replaced(replaced((JSON,), headers), _texts(overrides, "header"))
    status = int(overrides.get("status") or response["statusCode"])
    return Answer(status, mapped.text.encode() if mapped else received.body, pairs)


def _selected(responses: Mapping[str, Mapping[str, Any]], selector: str) -> Mapping[str, Any]:
    """The response whose pattern takes in the status or the error's message, else the default."""
    patterns = ((str(each.get("selectionPattern") or ""), each) for each in responses.values())
    matching = [each for pattern, each in patterns if pattern and re.fullmatch(pattern, selector, re.DOTALL)]
    default = [each for each in responses.values() if not each.get("selectionPattern")]
    if not matching and not default:
        raise Refused("API_CONFIGURATION_ERROR")
    return (matching or default)[0]


_TYPES: Mapping[str, Callable[[Exchange], Answer]] = {
    "AWS": _aws,
    "AWS_PROXY": _lambda_proxy,
    "HTTP": _http,
    "HTTP_PROXY": _http_proxy,
    "MOCK": _mock,
}
