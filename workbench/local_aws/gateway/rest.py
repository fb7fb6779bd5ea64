"""REST APIs: a request finds its method, whose integration answers: a Lambda function, or a mock as for CORS."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from workbench.local_aws.gateway import answers, integration, routing
from workbench.local_aws.gateway.answers import Answer
from workbench.local_aws.gateway.asked import Asked
from workbench.local_aws.gateway.events import Route, payload_1

_IDENTITIES = {
    "AWS_IAM": answers.MISSING_TOKEN,
    "CUSTOM": answers.UNAUTHORIZED,
    "COGNITO_USER_POOLS": answers.UNAUTHORIZED,
}
_HEADER = "method.response.header."


def serve(asked: Asked, client: integration.Client) -> Answer:
    gateway = client("apigateway")
    stage_name, path = asked.staged()
    try:
        stage = gateway.get_stage(restApiId=asked.api_id, stageName=stage_name)
    except ClientError:
        return answers.FORBIDDEN
    pages = gateway.get_paginator("get_resources").paginate(restApiId=asked.api_id, embed=["methods"])
    resources = {item["path"]: item for page in pages for item in page["items"] if item.get("resourceMethods")}
    pattern = routing.best(resources, path)
    methods = resources[pattern]["resourceMethods"] if pattern else {}
    method = methods.get(asked.method) or methods.get("ANY")
    if pattern is None or method is None:
        return answers.MISSING_TOKEN
    parameters = routing.captured(pattern, path) or {}
    route = Route(stage_name, path, pattern, parameters, stage.get("variables") or {}, resources[pattern]["id"])
    return _refusal(asked, method) or _integrated(asked, route, method.get("methodIntegration") or {}, client)


def _refusal(asked: Asked, method: Mapping[str, Any]) -> Answer | None:
    if not asked.header("authorization") and method.get("authorizationType") in _IDENTITIES:
        return _IDENTITIES[method["authorizationType"]]
    return answers.FORBIDDEN if method.get("apiKeyRequired") and not asked.header("x-api-key") else None


def _integrated(asked: Asked, route: Route, found: Mapping[str, Any], client: integration.Client) -> Answer:
    serve_as = _INTEGRATIONS.get(str(found.get("type", "")).upper())
    if serve_as is None:
        message = f"The local AWS does not serve integrations of type {found.get('type', 'none')}."
        return answers.error(501, message, "NotImplementedException")
    return serve_as(asked, route, found, client)


def _lambda_proxy(asked: Asked, route: Route, found: Mapping[str, Any], client: integration.Client) -> Answer:
    function = integration.function_of(found.get("uri", ""), route.variables)
    if function is None:
        return answers.REST_FAILED
    binary_types = client("apigateway").get_rest_api(restApiId=asked.api_id).get("binaryMediaTypes") or []
    payload = integration.invoke(client, function, payload_1(asked, route, binary_types))
    return answers.MALFORMED if payload is None else answers.of_rest(payload)


def _mock(_asked: Asked, _route: Route, found: Mapping[str, Any], _client: integration.Client) -> Answer:
    """The response whose status the request's template names, or the first."""
    responses = found.get("integrationResponses") or {}
    template = (found.get("requestTemplates") or {}).get("application/json", "{}")
    response = responses.get(_status(template)) or next(iter(responses.values()), None)
    if response is None:
        return answers.REST_FAILED
    named = (response.get("responseParameters") or {}).items()
    headers = [(key.removeprefix(_HEADER), value.strip("'")) for key, value in named if key.startswith(_HEADER)]
    body = (response.get("responseTemplates") or {}).get("application/json") or ""
    return Answer(int(response["statusCode"]), body.encode(), (("Content-Type", "application/json"), *headers))


def _status(template: str) -> str:
    try:
        return str(json.loads(template).get("statusCode", ""))
    except (ValueError, AttributeError):
        return ""


_INTEGRATIONS: Mapping[str, Callable[[Asked, Route, Mapping[str, Any], integration.Client], Answer]] = {
    "AWS_PROXY": _lambda_proxy,
    "MOCK": _mock,
}
