"""The metrics that Lambda publishes of each function: `AWS/Lambda`.

Owns their names and dimensions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbench.local_aws.cloudwatch.service_metrics import Dimensions, ServiceMetrics
from workbench.local_aws.functions.version import FunctionVersion


class Metrics:
    """Adds figures up by function. Safe to call from several threads at once."""

    def __init__(self) -> None:
        self._published = ServiceMetrics("AWS/Lambda", {"Duration": "Milliseconds"})

    def add(self, version: FunctionVersion, invoked_arn: str, figures: Mapping[str, float]) -> None:
        """Adds one figure to each of these metrics of the function, and lets alarms look at them."""
        _, _, _, region, account = version.arn.split(":")[:5]
        self._published.add((account, region), _dimensions(version, invoked_arn), figures)


def _dimensions(version: FunctionVersion, invoked_arn: str) -> Iterator[Dimensions]:
    """Of all functions, of the function, and of what it was invoked by: an alias or a version."""
    name = ("FunctionName", version.name)
    qualifier = ":".join(invoked_arn.split(":")[7:])
    resource = ("Resource", f"{version.name}:{qualifier}" if qualifier else version.name)
    yield ()
    yield (name,)
    yield (name, resource)
    if qualifier and qualifier != version.version:
        yield (name, resource, ("ExecutedVersion", version.version))
