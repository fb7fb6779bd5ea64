"""Which metrics there are: each once, by its namespace, its name and all of its dimensions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from workbench.local_aws.cloudwatch import listing
from workbench.local_aws.service import AwsError


def datum(name: str = "Fitness", **of: str) -> Any:
    dimensions = [SimpleNamespace(name=key, value=value) for key, value in of.items()]
    return SimpleNamespace(namespace="Fit", name=name, value=1.0, dimensions=dimensions)


def listed(*kept: Any, **request: Any) -> list[str]:
    metrics = listing.answer(kept, request)["Metrics"]
    return [",".join([each["MetricName"], *(of["Value"] for of in each["Dimensions"])]) for each in metrics]


def test_a_metric_is_listed_once() -> None:
    kept = [datum(Stack="a", Category="b"), datum(Stack="a", Category="b"), datum(), datum()]
    assert listed(*kept) == ["Fitness,b,a", "Fitness"]


def test_the_order_of_dimensions_does_not_count() -> None:
    assert listed(datum(Stack="a", Category="b"), datum(Category="b", Stack="a")) == ["Fitness,b,a"]


@pytest.mark.parametrize(
    ("request_", "found"),
    [
        ({"MetricName": "Coverage"}, ["Coverage,a"]),
        ({"Namespace": "Other"}, []),
        ({"Dimensions": [{"Name": "Stack"}]}, ["Fitness,a", "Coverage,a", "Fitness,b"]),
        ({"Dimensions": [{"Name": "Stack", "Value": "b"}]}, ["Fitness,b"]),
    ],
)
def test_a_request_may_ask_for_some(request_: dict[str, Any], found: list[str]) -> None:
    kept = [datum(Stack="a"), datum("Coverage", Stack="a"), datum(Stack="b"), datum("Cost")]
    assert listed(*kept, **request_) == found


def test_many_metrics_come_in_pages() -> None:
    kept = [datum(Stack=str(number)) for number in range(501)]
    first = listing.answer(kept, {})
    last = listing.answer(kept, {"NextToken": first["NextToken"]})
    assert (len(first["Metrics"]), len(last["Metrics"]), "NextToken" in last) == (500, 1, False)


def test_a_strange_token_is_refused() -> None:
    with pytest.raises(AwsError, match="NextToken is invalid"):
        listing.answer([], {"NextToken": "strange"})
