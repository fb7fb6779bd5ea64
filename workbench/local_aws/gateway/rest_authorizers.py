"""Who calls a REST API: IAM, its Lambda authorizers and Cognito user pools, by the method's type of authorization.

Nobody's signature is checked by the local AWS, which authenticates no one: a signed request is let in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from workbench.local_aws.gateway import policies, tokens
from workbench.local_aws.gateway.events import payload_1
from workbench.local_aws.gateway.exchange import Exchange
from workbench.local_aws.gateway.integration import function_of, invoke
from workbench.local_aws.gateway.mapping import value
from workbench.local_aws.gateway.permissions import may_invoke
from workbench.local_aws.gateway.refusals import Refused
from workbench.local_aws.gateway.signatures import caller

_TTL = 300


def authorized(exchange: Exchange) -> Exchange:
    """The exchange with its caller known; raises `Refused` for one that is turned away."""
    return _KINDS.get(exchange.method.get("authorizationType") or "NONE", _open)(exchange)


def _open(exchange: Exchange) -> Exchange:
    return exchange


def _by_signature(exchange: Exchange) -> Exchange:
    known = caller(exchange.asked)
    if known is None:
        raise Refused("MISSING_AUTHENTICATION_TOKEN")
    return exchange.known_as(identity=known)


def _by_user_pool(exchange: Exchange) -> Exchange:
    authorizer = _authorizer(exchange)
    token = _source(exchange, authorizer.get("identitySource") or "method.request.header.Authorization")
    if not token:
        raise Refused("UNAUTHORIZED")
    try:
        claims = tokens.of_user_pools(token, authorizer.get("providerARNs") or ())
    except tokens.BadToken as error:
        raise Refused("UNAUTHORIZED", error.public) from error
    scopes = exchange.method.get("authorizationScopes") or ()
    # Scopes are of access tokens; who a user is, is told by identity tokens.
    if claims.get("token_use") != ("access" if scopes else "id") or not tokens.is_in_scope(claims, scopes):
        raise Refused("UNAUTHORIZED")
    return exchange.known_as(authorizer={"claims": {name: _claim(each) for name, each in claims.items()}})


def _claim(found: Any) -> str:
    return ",".join(found) if isinstance(found, list) else str(found)


def _by_function(exchange: Exchange) -> Exchange:
    authorizer = _authorizer(exchange)
    identity = _identity(exchange, authorizer)
    seconds = authorizer.get("authorizerResultTtlInSeconds")
    key = (exchange.asked.api_id, exchange.route.stage, authorizer["id"], identity)
    decided = exchange.means.decisions.decided(
        key, float(_TTL if seconds is None else seconds) if identity else 0, lambda: _asked(exchange, authorizer)
    )
    _admit(exchange, decided["policyDocument"])
    context = {name: _plain(item) for name, item in (decided.get("context") or {}).items()}
    principal = {"principalId": str(decided["principalId"]), "integrationLatency": 0}
    usage = {"apiKey": decided["usageIdentifierKey"]} if decided.get("usageIdentifierKey") else {}
    return exchange.known_as(authorizer=principal | context, identity=usage)


def _authorizer(exchange: Exchange) -> Mapping[str, Any]:
    found = exchange.api.authorizers.get(exchange.method.get("authorizerId") or "")
    if found is None:
        raise Refused("AUTHORIZER_CONFIGURATION_ERROR")
    return found


def _identity(exchange: Exchange, authorizer: Mapping[str, Any]) -> tuple[str, ...]:
    """The values that identify a caller; without one of them the function is not even asked."""
    named = [each.strip() for each in (authorizer.get("identitySource") or "").split(",") if each.strip()]
    found = tuple(_source(exchange, name) for name in named)
    expression = authorizer.get("identityValidationExpression")
    if not all(found) or (expression and not re.fullmatch(expression, found[0])):
        raise Refused("UNAUTHORIZED")
    return found


def _source(exchange: Exchange, expression: str) -> str:
    return value(expression, exchange.values()) or ""


def _asked(exchange: Exchange, authorizer: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the function decides: a policy, with whom it is for."""
    function = function_of(authorizer.get("authorizerUri") or "", exchange.route.variables)
    source = f"authorizers/{authorizer['id']}"
    is_permitted = authorizer.get("authorizerCredentials") or may_invoke(exchange.asked, function or "", source)
    if function is None or not is_permitted:
        raise Refused("AUTHORIZER_CONFIGURATION_ERROR")
    outcome = invoke(exchange.means.client, function, _event(exchange, authorizer))
    decided = json.loads(outcome.payload or b"null")
    if outcome.failure:
        is_unauthorized = isinstance(decided, dict) and decided.get("errorMessage") == "Unauthorized"
        raise Refused("UNAUTHORIZED" if is_unauthorized else "AUTHORIZER_FAILURE")
    if not isinstance(decided, dict) or not {"principalId", "policyDocument"} <= decided.keys():
        raise Refused("AUTHORIZER_CONFIGURATION_ERROR")
    return decided


def _event(exchange: Exchange, authorizer: Mapping[str, Any]) -> Mapping[str, Any]:
    if authorizer["type"] == "TOKEN":
        token = _source(exchange, authorizer.get("identitySource") or "")
        return {"type": "TOKEN", "methodArn": exchange.method_arn, "authorizationToken": token}
    whole = payload_1(exchange.asked, exchange.route)
    kept = {name: item for name, item in whole.items() if name not in ("body", "isBase64Encoded")}
    return {"type": "REQUEST", "methodArn": exchange.method_arn, **kept}


def _admit(exchange: Exchange, document: Any) -> None:
    said = policies.effect(document, policies.Access("execute-api:Invoke", exchange.method_arn, _context(exchange)))
    if said != "Allow":
        suffix = " with an explicit deny" if said == "Deny" else ""
        raise Refused("ACCESS_DENIED", f"User is not authorized to access this resource{suffix}")


def _context(exchange: Exchange) -> Mapping[str, str]:
    return {"aws:sourceip": exchange.asked.source_ip}


def _plain(item: Any) -> str:
    return str(item).lower() if isinstance(item, bool) else str(item)


_KINDS: Mapping[str, Callable[[Exchange], Exchange]] = {
    "AWS_IAM": _by_signature,
    "COGNITO_USER_POOLS": _by_user_pool,
    "CUSTOM": _by_function,
}
