"""The metrics that Lambda publishes of each function: `AWS/Lambda`, one data point a minute.

Owns their names and dimensions. They lie among moto's other metrics, added up as they come in.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from moto.cloudwatch.models import MetricAggregatedDatum, cloudwatch_backends

from workbench.local_aws import service
from workbench.local_aws.functions.version import FunctionVersion

_NAMESPACE = "AWS/Lambda"
_UNITS = {"Duration": "Milliseconds"}

Dimensions = tuple[tuple[str, str], ...]


@dataclass
class Metrics:
    """Adds figures up by the minute. Safe to call from several threads at once."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _newest: dict[tuple[str, str, str, Dimensions], Any] = field(default_factory=dict)

    def add(self, version: FunctionVersion, invoked_arn: str, figures: Mapping[str, float]) -> None:
        """Adds one figure to each of these metrics of the function, and lets alarms look at them."""
        _, _, _, region, account = version.arn.split(":")[:5]
        now = datetime.now(UTC).replace(second=0, microsecond=0, tzinfo=None)
        with self._lock:
            for dimensions in _dimensions(version, invoked_arn):
                for name, value in figures.items():
                    self._add((account, region, name, dimensions), value, now)
        service.notify(service.Call("monitoring", "PutMetricData", region, writes=False))

    def _add(self, key: tuple[str, str, str, Dimensions], value: float, now: datetime) -> None:
        datum = self._newest.get(key)
        if datum is None or datum.timestamp != now:
            datum = self._newest[key] = _datum(key, value, now)
            account, region, _, _ = key
            cloudwatch_backends[account][region].metric_data.append(datum)
            return
        datum.min, datum.max = min(datum.min, value), max(datum.max, value)
        datum.sum, datum.sample_count = datum.sum + value, datum.sample_count + 1


def _datum(key: tuple[str, str, str, Dimensions], value: float, now: datetime) -> Any:
    _, _, name, dimensions = key
    named = [{"Name": of, "Value": content} for of, content in dimensions]
    return MetricAggregatedDatum(_NAMESPACE, name, value, value, 1, value, named, now, _UNITS.get(name, "Count"))


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
