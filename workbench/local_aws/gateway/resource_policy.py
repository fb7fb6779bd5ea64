"""A REST API's resource policy: who may call which of its methods, and from where. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.gateway.exchange import Exchange
from workbench.local_aws.gateway.policies import Access, effect, statements
from workbench.local_aws.gateway.refusals import Refused


def check(exchange: Exchange) -> None:
    """Raises `Refused` where the policy denies, or does not allow what nobody else decides."""
    if not exchange.api.policy:
        return
    access = Access("execute-api:Invoke", exchange.method_arn, _context(exchange))
    decided = effect(_absolute(exchange), access)
    # An authorizer of the API decides where the policy says nothing.
    is_open = exchange.method.get("authorizationType") in ("CUSTOM", "COGNITO_USER_POOLS")
    if decided == "Deny" or (not decided and not is_open):
        raise Refused("ACCESS_DENIED", _sentence(exchange, with_deny=decided == "Deny"))


def _context(exchange: Exchange) -> Mapping[str, str]:
    asked = exchange.asked
    referer = {"aws:referer": asked.header("referer")} if asked.header("referer") else {}
    return {
        "aws:sourceip": asked.source_ip,
        "aws:securetransport": "true",
        "aws:useragent": asked.header("user-agent"),
        "aws:principalaccount": asked.account,
        **referer,
    }


def _absolute(exchange: Exchange) -> Mapping[str, Any]:
    """The policy with whole ARNs: it may name its own API as `execute-api:/Prod/GET/items`."""
    own = json.dumps(f"{exchange.asked.arn}/")[1:-1]
    text = json.dumps({"Statement": statements(exchange.api.policy)})
    return dict(json.loads(text.replace('"execute-api:/', f'"{own}')))


def _sentence(exchange: Exchange, *, with_deny: bool) -> str:
    account = exchange.asked.account
    arn = exchange.method_arn.replace(account, f"********{account[-4:]}")
    suffix = " with an explicit deny" if with_deny else ""
    return f"User: anonymous is not authorized to perform: execute-api:Invoke on resource: {arn}{suffix}"
