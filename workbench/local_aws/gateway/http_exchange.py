"""A request that has found its route of an HTTP API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.local_aws.gateway.answers import Answer
from workbench.local_aws.gateway.asked import Asked
from workbench.local_aws.gateway.events import Route, context_2
from workbench.local_aws.gateway.exchange import Means, parts
from workbench.local_aws.gateway.mapping import Values


class Turned(Exception):
    """The API answers by itself."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(frozen=True)
class HttpExchange:
    """One request to one route; `found` is the route in the names of the API's model, `api` is moto's."""

    asked: Asked
    route: Route
    found: Mapping[str, Any]
    api: Any
    means: Means

    @property
    def source(self) -> str:
        """The route as policies of functions name it, after the API's id: `$default/GET/items/{id}`."""
        verb, _, path = self.route.key.partition(" ")
        return f"{self.route.stage}/{verb.replace('ANY', '*')}{path}"

    @property
    def route_arn(self) -> str:
        """The route as authorizers name it, with the path as it was asked for."""
        return f"{self.asked.arn}/{self.route.stage}/{self.asked.method}{self.route.path}"

    def known_as(self, **authorizer: Any) -> HttpExchange:
        """The same exchange of a caller that is known."""
        return replace(self, route=replace(self.route, authorizer=authorizer))

    def values(self) -> Values:
        """What parameter mappings and identity sources may name."""
        body = self.asked.body.decode("utf-8", "replace")
        context = {**context_2(self.asked, self.route), "path": self.route.path, "httpMethod": self.asked.method}
        return Values(parts(self.asked, self.route), {}, body, context, self.route.variables)
