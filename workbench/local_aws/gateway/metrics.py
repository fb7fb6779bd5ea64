"""The metrics that API Gateway publishes of each API: `AWS/ApiGateway`.

Owns their names and dimensions, which differ between REST and HTTP APIs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.local_aws.cloudwatch.service_metrics import Dimensions, ServiceMetrics
from workbench.local_aws.gateway.answers import Answer
from workbench.local_aws.gateway.asked import Asked


@dataclass(frozen=True)
class Kind:
    """How the metrics of a kind of API are called, and what names the API."""

    dimension: str
    client_errors: str
    server_errors: str


REST = Kind("ApiName", "4XXError", "5XXError")
HTTP = Kind("ApiId", "4xx", "5xx")


class Metrics:
    """Adds answers up by API and stage. Safe to call from several threads at once."""

    def __init__(self) -> None:
        self._published = ServiceMetrics("AWS/ApiGateway", {"Latency": "Milliseconds"})

    def add(self, kind: Kind, names: tuple[str, str], result: tuple[Asked, Answer]) -> None:
        """`names` are those of the API, as the kind names it, and of its stage."""
        asked, answer = result
        figures = {
            kind.client_errors: float(400 <= answer.status < 500),
            kind.server_errors: float(answer.status >= 500),
            "Count": 1.0,
            "Latency": asked.elapsed_milliseconds(),
        }
        self._published.add((asked.account, asked.region), _dimensions(kind, *names), figures)


def _dimensions(kind: Kind, name: str, stage: str) -> Iterator[Dimensions]:
    yield ((kind.dimension, name),)
    yield ((kind.dimension, name), ("Stage", stage))
