"""Amazon CloudWatch's figures as AWS tells them, from the data points that moto keeps.

A metric is its namespace, its name and all of its dimensions; moto mixes metrics that share some of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudwatch import listing, metric_data, metric_statistics
from workbench.local_aws.service import Operation, RequestContext

OPERATIONS: Mapping[str, Operation] = {
    "GetMetricData": lambda request, context: metric_data.answer(_kept(context), request),
    "GetMetricStatistics": lambda request, context: metric_statistics.answer(_kept(context), request),
    "ListMetrics": lambda request, context: listing.answer(_kept(context), request),
}


def _kept(context: RequestContext) -> list[Any]:
    from moto.cloudwatch.models import cloudwatch_backends

    found: list[Any] = cloudwatch_backends[context.account][context.region].get_all_metrics()
    return found
