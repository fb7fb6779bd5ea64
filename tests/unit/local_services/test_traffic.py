"""How traffic moves, by deployment configuration."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.local_aws.codedeploy.traffic import check, predefined, steps
from workbench.local_aws.service import AwsError


def moves(name: str) -> list[tuple[float, float]]:
    return [(step.weight, step.minutes) for step in steps(predefined()[f"CodeDeployDefault.Lambda{name}"])]


def test_all_at_once_is_one_step() -> None:
    assert moves("AllAtOnce") == [(1.0, 0)]


@pytest.mark.parametrize("minutes", [5, 10, 15, 30])
def test_a_canary_waits_once_with_a_tenth(minutes: int) -> None:
    assert moves(f"Canary10Percent{minutes}Minutes") == [(0.1, minutes), (1.0, 0)]


@pytest.mark.parametrize(("name", "minutes"), [("1Minute", 1), ("2Minutes", 2), ("3Minutes", 3), ("10Minutes", 10)])
def test_linear_moves_a_tenth_at_a_time(name: str, minutes: int) -> None:
    found = moves(f"Linear10PercentEvery{name}")
    assert found[:2] == [(0.1, minutes), (0.2, minutes)]
    assert found[-2:] == [(0.9, minutes), (1.0, 0)]


@pytest.mark.parametrize(
    "routing",
    [
        {"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": 0, "linearInterval": 1}},
        {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": 100, "canaryInterval": 5}},
        {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": 10, "canaryInterval": 2881}},
        {"type": "TimeBasedCanary"},
    ],
)
def test_a_configuration_that_leads_nowhere_is_refused(routing: dict[str, Any]) -> None:
    with pytest.raises(AwsError, match="from 1 to 99"):
        check(routing)


@pytest.mark.parametrize("routing", [{"type": "AllAtOnce"}, *predefined().values()])
def test_a_configuration_that_leads_somewhere_is_taken(routing: dict[str, Any]) -> None:
    check(routing)
