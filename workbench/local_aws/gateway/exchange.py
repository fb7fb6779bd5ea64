"""A request that has found its method: what authorizers, validators and integrations look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.local_aws.gateway.asked import Asked, grouped
from workbench.local_aws.gateway.decisions import Decisions
from workbench.local_aws.gateway.definition import Definition
from workbench.local_aws.gateway.events import Route, context_1
from workbench.local_aws.gateway.integration import Client
from workbench.local_aws.gateway.mapping import Values
from workbench.local_aws.gateway.metrics import Metrics


@dataclass(frozen=True)
class Means:
    """What serving takes: clients of the API's region, what authorizers decided before, where answers are counted."""

    client: Client
    decisions: Decisions
    metrics: Metrics


@dataclass(frozen=True)
class Exchange:
    """One request to one method of a REST API."""

    asked: Asked
    route: Route
    method: Mapping[str, Any]
    api: Definition
    means: Means

    @property
    def source(self) -> str:
        """The method as policies of functions name it, after the API's id: `Prod/GET/items/{id}`."""
        return f"{self.route.stage}/{self.asked.method}{self.route.resource}"

    @property
    def method_arn(self) -> str:
        """The method as authorizers and resource policies name it, with the path as it was asked for."""
        return f"{self.asked.arn}/{self.route.stage}/{self.asked.method}{self.route.path}"

    @property
    def integration(self) -> Mapping[str, Any]:
        return self.method.get("methodIntegration") or {}

    def known_as(self, **caller: Any) -> Exchange:
        """The same exchange of a caller that is known: `authorizer` or `identity` of the request's context."""
        return replace(self, route=replace(self.route, **caller))

    def values(self) -> Values:
        """What mapping expressions and templates may name."""
        body = self.asked.body.decode("utf-8", "replace")
        return Values(parts(self.asked, self.route), {}, body, context_1(self.asked, self.route), self.route.variables)


def parts(asked: Asked, route: Route) -> Mapping[str, Mapping[str, str]]:
    """The last value of each header and query parameter, and the path's parameters."""
    return {
        "header": {name: values[-1] for name, values in grouped(asked.headers).items()},
        "path": route.parameters,
        "querystring": {name: values[-1] for name, values in grouped(asked.query).items()},
    }
