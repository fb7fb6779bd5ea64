"""API keys: a method that requires one lets in those that are enabled and in a usage plan of the stage."""

from __future__ import annotations

from typing import Any

from moto.apigateway.models import apigateway_backends

from workbench.local_aws.gateway.asked import Asked
from workbench.local_aws.gateway.exchange import Exchange
from workbench.local_aws.gateway.refusals import Refused


def checked(exchange: Exchange) -> Exchange:
    """The exchange with the key that was given, if the method requires one; raises `Refused` without a good one."""
    if not exchange.method.get("apiKeyRequired"):
        return exchange
    key = _key(exchange.asked, exchange.route.stage, _given(exchange))
    if key is None:
        raise Refused("INVALID_API_KEY")
    return exchange.known_as(identity={**exchange.route.identity, "apiKey": key.value, "apiKeyId": key.id})


def _given(exchange: Exchange) -> str:
    if exchange.api.key_source == "AUTHORIZER":
        return str(exchange.route.identity.get("apiKey") or "")
    return exchange.asked.header("x-api-key")


def _key(asked: Asked, stage: str, given: str) -> Any | None:
    backend = apigateway_backends[asked.account][asked.region]
    key = next((key for key in backend.keys.values() if key.value == given and key.enabled), None)
    if key is None:
        return None
    stages = [each for plan in backend.get_usage_plans(key.id) for each in plan.api_stages]
    return key if any((each["apiId"], each["stage"]) == (asked.api_id, stage) for each in stages) else None
