"""How traffic moves to the new version: deployment configurations, and the steps that each of them means. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_CANARY_MINUTES = (5, 10, 15, 30)
_LINEAR_MINUTES = (1, 2, 3, 10)


@dataclass(frozen=True)
class Step:
    """A share of the traffic for the new version (1.0 is all of it), kept for some minutes before the next step."""

    weight: float
    minutes: float


def steps(routing: Mapping[str, Any]) -> Iterator[Step]:
    """The steps of a `trafficRoutingConfig`; the last one carries all traffic."""
    kind = routing["type"]
    if kind == "TimeBasedCanary":
        canary = routing["timeBasedCanary"]
        yield Step(canary["canaryPercentage"] / 100, canary["canaryInterval"])
    if kind == "TimeBasedLinear":
        linear = routing["timeBasedLinear"]
        for percentage in range(linear["linearPercentage"], 100, linear["linearPercentage"]):
            yield Step(percentage / 100, linear["linearInterval"])
    yield Step(1.0, 0)


def predefined() -> Mapping[str, Mapping[str, Any]]:
    """The `trafficRoutingConfig` of each configuration that CodeDeploy brings for Lambda, by its name."""
    configs: dict[str, Mapping[str, Any]] = {"CodeDeployDefault.LambdaAllAtOnce": {"type": "AllAtOnce"}}
    for minutes in _CANARY_MINUTES:
        canary = {"canaryPercentage": 10, "canaryInterval": minutes}
        name = f"CodeDeployDefault.LambdaCanary10Percent{minutes}Minutes"
        configs[name] = {"type": "TimeBasedCanary", "timeBasedCanary": canary}
    for minutes in _LINEAR_MINUTES:
        linear = {"linearPercentage": 10, "linearInterval": minutes}
        name = f"CodeDeployDefault.LambdaLinear10PercentEvery{minutes}Minute{'s' if minutes > 1 else ''}"
        configs[name] = {"type": "TimeBasedLinear", "timeBasedLinear": linear}
    return configs
