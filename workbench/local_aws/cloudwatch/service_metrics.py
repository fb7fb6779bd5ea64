"""The metrics that services publish of themselves (`AWS/Lambda`, `AWS/ApiGateway`), one data point a minute.

They lie among moto's other metrics, added up as they come in. Owns no names: those are the services' own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from moto.cloudwatch.models import MetricAggregatedDatum, cloudwatch_backends

from workbench.local_aws import service

Dimensions = tuple[tuple[str, str], ...]
_Key = tuple[str, str, str, Dimensions]


class ServiceMetrics:
    """Adds figures of one namespace up by the minute. Safe to call from several threads at once.

    `units` are those of metrics that do not count.
    """

    def __init__(self, namespace: str, units: Mapping[str, str]) -> None:
        self._namespace = namespace
        self._units = units
        self._lock = threading.Lock()
        self._newest: dict[_Key, Any] = {}

    def add(self, place: tuple[str, str], series: Iterable[Dimensions], figures: Mapping[str, float]) -> None:
        """Adds one figure to each of these metrics in an account and a region, and lets alarms look at them."""
        account, region = place
        now = datetime.now(UTC).replace(second=0, microsecond=0, tzinfo=None)
        with self._lock:
            for dimensions in series:
                for name, value in figures.items():
                    self._add((account, region, name, dimensions), value, now)
        service.notify(service.Call("monitoring", "PutMetricData", region, writes=False))

    def _add(self, key: _Key, value: float, now: datetime) -> None:
        datum = self._newest.get(key)
        if datum is None or datum.timestamp != now:
            datum = self._newest[key] = self._datum(key, value, now)
            account, region, _, _ = key
            cloudwatch_backends[account][region].metric_data.append(datum)
            return
        datum.min, datum.max = min(datum.min, value), max(datum.max, value)
        datum.sum, datum.sample_count = datum.sum + value, datum.sample_count + 1

    def _datum(self, key: _Key, value: float, now: datetime) -> Any:
        _, _, name, dimensions = key
        named = [{"Name": of, "Value": content} for of, content in dimensions]
        unit = self._units.get(name, "Count")
        return MetricAggregatedDatum(self._namespace, name, value, value, 1, value, named, now, unit)
