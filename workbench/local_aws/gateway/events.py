"""The events that API Gateway invokes a function with: payload formats 1.0 and 2.0. Pure."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.local_aws.gateway.asked import Asked, grouped

_IDENTITY = (
    "accessKey",
    "accountId",
    "apiKey",
    "apiKeyId",
    "caller",
    "clientCert",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "user",
    "userArn",
)


@dataclass(frozen=True)
class Route:
    """Where a request arrived: `path` is what follows the stage, `resource` the pattern that it matched.

    `authorizer` and `identity` are what the API learned of the caller.
    """

    stage: str
    path: str
    resource: str
    parameters: Mapping[str, str]
    variables: Mapping[str, str]
    resource_id: str = ""
    key: str = ""
    authorizer: Mapping[str, Any] = field(default_factory=dict)
    identity: Mapping[str, Any] = field(default_factory=dict)


def payload_1(asked: Asked, route: Route, binary_types: Iterable[str] = ()) -> dict[str, Any]:
    """The event of a REST API, and of an HTTP API whose integration asks for format 1.0."""
    headers, query = _forwarded(asked), grouped(asked.query)
    is_binary = _is_binary(asked, binary_types)
    return {
        "resource": route.resource,
        "path": route.path,
        "httpMethod": asked.method,
        "headers": dict(headers),
        "multiValueHeaders": grouped(headers),
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": dict(route.parameters) or None,
        "stageVariables": dict(route.variables) or None,
        "requestContext": context_1(asked, route),
        "body": _body(asked, is_binary=is_binary),
        "isBase64Encoded": is_binary,
    }


def payload_2(asked: Asked, route: Route) -> dict[str, Any]:
    """The event of an HTTP API."""
    headers = {name.lower(): ",".join(values) for name, values in grouped(_forwarded(asked)).items()}
    cookies = [each.strip() for each in headers.pop("cookie", "").split(";") if each.strip()]
    is_binary = not _is_text(asked.body)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route.key,
        "rawPath": _raw_path(route),
        "rawQueryString": asked.query_string,
        "headers": headers,
        "requestContext": context_2(asked, route),
        "isBase64Encoded": bool(asked.body) and is_binary,
    }
    optional = {
        "cookies": cookies,
        "queryStringParameters": {name: ",".join(values) for name, values in grouped(asked.query).items()},
        "pathParameters": dict(route.parameters),
        "stageVariables": dict(route.variables),
        "body": _body(asked, is_binary=is_binary),
    }
    return event | {name: value for name, value in optional.items() if value}


def context_1(asked: Asked, route: Route) -> dict[str, Any]:
    """What format 1.0 and mapping templates know as the request's context."""
    caller = {"sourceIp": asked.source_ip, "userAgent": asked.header("user-agent") or None, **route.identity}
    context = {
        "accountId": asked.account,
        "apiId": asked.api_id,
        "domainName": asked.domain,
        "domainPrefix": asked.api_id,
        "extendedRequestId": asked.short_id,
        "httpMethod": asked.method,
        "identity": dict.fromkeys(_IDENTITY) | caller,
        "path": _raw_path(route),
        "protocol": "HTTP/1.1",
        "requestId": asked.id,
        "requestTime": f"{asked.at:%d/%b/%Y:%H:%M:%S +0000}",
        "requestTimeEpoch": int(asked.at.timestamp() * 1000),
        "resourceId": route.resource_id,
        "resourcePath": route.resource,
        "stage": route.stage,
    }
    return context | ({"authorizer": dict(route.authorizer)} if route.authorizer else {})


def context_2(asked: Asked, route: Route) -> dict[str, Any]:
    """What format 2.0 knows as the request's context."""
    context = {
        "accountId": asked.account,
        "apiId": asked.api_id,
        "domainName": asked.domain,
        "domainPrefix": asked.api_id,
        "http": {
            "method": asked.method,
            "path": _raw_path(route),
            "protocol": "HTTP/1.1",
            "sourceIp": asked.source_ip,
            "userAgent": asked.header("user-agent"),
        },
        "requestId": asked.id,
        "routeKey": route.key,
        "stage": route.stage,
        "time": f"{asked.at:%d/%b/%Y:%H:%M:%S +0000}",
        "timeEpoch": int(asked.at.timestamp() * 1000),
    }
    return context | ({"authorizer": dict(route.authorizer)} if route.authorizer else {})


def _raw_path(route: Route) -> str:
    return route.path if route.stage == "$default" else f"/{route.stage}{route.path}"


def _forwarded(asked: Asked) -> list[tuple[str, str]]:
    """The headers as a function sees them: with the API's own host, and with who called."""
    kept = [(name, value) for name, value in asked.headers if name.lower() not in ("host", "connection")]
    return [
        *kept,
        ("Host", asked.domain),
        ("X-Amzn-Trace-Id", f"Root=1-{int(asked.at.timestamp()):08x}-{asked.id.replace('-', '')[:24]}"),
        ("X-Forwarded-For", asked.source_ip),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Proto", "https"),
    ]


def _is_binary(asked: Asked, binary_types: Iterable[str]) -> bool:
    given = asked.header("content-type").split(";")[0].strip()
    return bool(asked.body) and any(each in ("*/*", given) for each in (t.replace("~1", "/") for t in binary_types))


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _body(asked: Asked, *, is_binary: bool) -> str | None:
    if not asked.body:
        return None
    return base64.b64encode(asked.body).decode() if is_binary else asked.body.decode("utf-8", "replace")
