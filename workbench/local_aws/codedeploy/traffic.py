"""How traffic moves to the new version: deployment configurations, and the steps that each of them means. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.local_aws.member_names import upper_camel
from workbench.local_aws.service import AwsError

_LONGEST_MINUTES = 2880
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


def check(routing: Mapping[str, Any]) -> None:
    """Raises `AwsError` for a `trafficRoutingConfig` that leads nowhere."""
    for member, prefix in (("timeBasedCanary", "canary"), ("timeBasedLinear", "linear")):
        if routing["type"] != upper_camel(member):
            continue
        shift = routing.get(member) or {}
        percentage, interval = shift.get(f"{prefix}Percentage", 0), shift.get(f"{prefix}Interval", 0)
        if not (1 <= percentage <= 99 and 1 <= interval <= _LONGEST_MINUTES):
            message = (
                f"{member} needs a {prefix}Percentage from 1 to 99 and a {prefix}Interval from 1 to "
                f"{_LONGEST_MINUTES} minutes."
            )
            raise AwsError("InvalidTrafficRoutingConfigurationException", message)


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
