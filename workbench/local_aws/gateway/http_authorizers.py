"""Who calls an HTTP API: IAM, JSON Web Tokens and Lambda authorizers, by the route's type of authorization."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from workbench.local_aws.gateway import answers, policies, tokens
from workbench.local_aws.gateway.answers import Answer
from workbench.local_aws.gateway.events import payload_1, payload_2
from workbench.local_aws.gateway.http_exchange import HttpExchange, Turned
from workbench.local_aws.gateway.integration import function_of, invoke
from workbench.local_aws.gateway.mapping import value
from workbench.local_aws.gateway.permissions import may_invoke
from workbench.local_aws.gateway.signatures import caller

_UNAUTHORIZED = answers.error(401, "Unauthorized")
_FORBIDDEN = answers.error(403, "Forbidden")


def authorized(exchange: HttpExchange) -> HttpExchange:
    """The exchange with its caller known; raises `Turned` for one that is turned away."""
    return _KINDS.get(exchange.found.get("authorizationType") or "NONE", _open)(exchange)


def _open(exchange: HttpExchange) -> HttpExchange:
    return exchange


def _by_signature(exchange: HttpExchange) -> HttpExchange:
    known = caller(exchange.asked)
    if known is None:
        raise Turned(_FORBIDDEN)
    names = {"callerId": "caller", "userId": "user"}
    kept = {name: known[name] for name in ("accessKey", "accountId", "userArn")}
    renamed = {name: known[theirs] for name, theirs in names.items()}
    return exchange.known_as(iam={**kept, **renamed, "cognitoIdentity": None, "principalOrgId": None})


def _by_token(exchange: HttpExchange) -> HttpExchange:
    authorizer = _authorizer(exchange)
    configuration = authorizer.get("jwtConfiguration") or {}
    given = _sources(exchange, authorizer)
    token = (given[0] if given else "").removeprefix("Bearer ").removeprefix("bearer ")
    if not token:
        raise Turned(_challenged(_UNAUTHORIZED, ""))
    try:
        claims = tokens.of_issuer(token, configuration.get("issuer", ""), configuration.get("audience") or ())
    except tokens.BadToken as error:
        raise Turned(_challenged(_UNAUTHORIZED, f'error="invalid_token" error_description="{error}"')) from error
    scopes = exchange.found.get("authorizationScopes") or []
    if not tokens.is_in_scope(claims, scopes):
        raise Turned(_challenged(_FORBIDDEN, f'scope="{" ".join(scopes)}" error="insufficient_scope"'))
    plain = {name: _plain(item) for name, item in claims.items()}
    return exchange.known_as(jwt={"claims": plain, "scopes": list(scopes) or None})


def _challenged(answer: Answer, challenge: str) -> Answer:
    return Answer(answer.status, answer.body, (*answer.headers, ("www-authenticate", f"Bearer {challenge}".strip())))


def _plain(item: Any) -> str:
    if isinstance(item, list):
        return f"[{' '.join(map(str, item))}]"
    return str(item).lower() if isinstance(item, bool) else str(item)


def _by_function(exchange: HttpExchange) -> HttpExchange:
    authorizer = _authorizer(exchange)
    identity = _sources(exchange, authorizer)
    if not all(identity):
        raise Turned(_UNAUTHORIZED)
    key = (exchange.asked.api_id, exchange.route.stage, authorizer["authorizerId"], identity)
    seconds = float(authorizer.get("authorizerResultTtlInSeconds") or 0) if identity else 0
    decided = exchange.means.decisions.decided(key, seconds, lambda: _asked(exchange, authorizer, identity))
    if not _admits(exchange, decided):
        raise Turned(_FORBIDDEN)
    return exchange.known_as(**{"lambda": decided.get("context") or {}})


def _authorizer(exchange: HttpExchange) -> Mapping[str, Any]:
    found = exchange.api.authorizers.get(exchange.found.get("authorizerId") or "")
    if found is None:
        raise Turned(answers.HTTP_FAILED)
    return dict(found.to_json())


def _sources(exchange: HttpExchange, authorizer: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of the identity sources: `$request.header.Authorization`."""
    named = authorizer.get("identitySource") or []
    listed = [named] if isinstance(named, str) else named
    return tuple(value(name.removeprefix("$"), exchange.values()) or "" for name in listed)


def _asked(exchange: HttpExchange, authorizer: Mapping[str, Any], identity: tuple[str, ...]) -> Mapping[str, Any]:
    function = function_of(authorizer.get("authorizerUri") or "", exchange.route.variables)
    source = f"authorizers/{authorizer['authorizerId']}"
    is_permitted = authorizer.get("authorizerCredentialsArn") or may_invoke(exchange.asked, function or "", source)
    if function is None or not is_permitted:
        raise Turned(answers.HTTP_FAILED)
    outcome = invoke(exchange.means.client, function, _event(exchange, authorizer, identity))
    decided = json.loads(outcome.payload or b"null")
    if outcome.failure and isinstance(decided, dict) and decided.get("errorMessage") == "Unauthorized":
        raise Turned(_UNAUTHORIZED)
    if outcome.failure or not isinstance(decided, dict):
        raise Turned(answers.HTTP_FAILED)
    return decided


def _event(exchange: HttpExchange, authorizer: Mapping[str, Any], identity: tuple[str, ...]) -> Mapping[str, Any]:
    if str(authorizer.get("authorizerPayloadFormatVersion")) == "1.0":
        whole, joined = payload_1(exchange.asked, exchange.route), ",".join(identity)
        own: dict[str, Any] = {
            "version": "1.0",
            "methodArn": exchange.route_arn,
            "identitySource": joined,
            "authorizationToken": joined,
        }
    else:
        whole = payload_2(exchange.asked, exchange.route)
        own = {"version": "2.0", "routeArn": exchange.route_arn, "identitySource": list(identity)}
    kept = {name: item for name, item in whole.items() if name not in ("body", "isBase64Encoded", "version")}
    return {**own, "type": "REQUEST", **kept}


def _admits(exchange: HttpExchange, decided: Mapping[str, Any]) -> bool:
    if "isAuthorized" in decided:
        return decided["isAuthorized"] is True
    access = policies.Access("execute-api:Invoke", exchange.route_arn, {"aws:sourceip": exchange.asked.source_ip})
    return policies.effect(decided.get("policyDocument"), access) == "Allow"


_KINDS: Mapping[str, Callable[[HttpExchange], HttpExchange]] = {
    "AWS_IAM": _by_signature,
    "CUSTOM": _by_function,
    "JWT": _by_token,
}
