"""ListMetrics: each metric once, however many data points it has; and CloudWatch's kind of pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from workbench.local_aws.cloudwatch.series import Metric
from workbench.local_aws.service import AwsError

T = TypeVar("T")
_PAGE = 500


def answer(kept: Iterable[Any], request: Mapping[str, Any]) -> Mapping[str, Any]:
    """A page of the metrics that the request asks for, in the order in which they came to be.

    Raises:
        AwsError: the token is none that an earlier page gave.
    """
    found = [metric for metric in dict.fromkeys(map(Metric.of_datum, kept)) if _is_wanted(metric, request)]
    shown, following = page(found, request, _PAGE)
    return {"Metrics": [_described(metric) for metric in shown], **following}


def _is_wanted(metric: Metric, request: Mapping[str, Any]) -> bool:
    wanted = (request.get("Namespace", metric.namespace), request.get("MetricName", metric.name))
    filters = ((each["Name"], each.get("Value")) for each in request.get("Dimensions") or ())
    return wanted == (metric.namespace, metric.name) and all(_has(metric, *each) for each in filters)


def _has(metric: Metric, name: str, value: str | None) -> bool:
    return any(name == known and value in (None, of_known) for known, of_known in metric.dimensions)


def _described(metric: Metric) -> Mapping[str, Any]:
    dimensions = [{"Name": name, "Value": value} for name, value in sorted(metric.dimensions)]
    return {"Namespace": metric.namespace, "MetricName": metric.name, "Dimensions": dimensions}


def page(found: Sequence[T], request: Mapping[str, Any], size: int) -> tuple[Sequence[T], Mapping[str, str]]:
    """The page that the request asks for, and the token of the next one, if there is one.

    Raises:
        AwsError: the token is none that an earlier page gave.
    """
    token = request.get("NextToken") or "0"
    if not token.isdigit():
        raise AwsError("InvalidNextToken", "Request parameter NextToken is invalid")
    begin = int(token)
    end = begin + size
    return found[begin:end], {"NextToken": str(end)} if len(found) > end else {}
