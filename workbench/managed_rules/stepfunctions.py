"""AWS Step Functions state machines."""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, managed_rule
from workbench.managed_rules.parameters import list_of, text_of
from workbench.managed_rules.properties import compliant, first, matched, non_compliant, read
from workbench.resources import Resource

STATE_MACHINE = "AWS::StepFunctions::StateMachine"


def step_functions_state_machine_logging_enabled(machine: Resource, parameters: Parameters) -> Finding:
    """The state machine logs its executions.

    NON_COMPLIANT when the logging level is OFF (as when nothing is set), when it is not logLevel, or when no
    destination is in cloudWatchLogGroupArns.

    Source: AWS Config Developer Guide, step-functions-state-machine-logging-enabled.
    """
    logging = read(machine, "LoggingConfiguration")
    level, destinations = logging.get("Level"), logging.get("Destinations")
    wanted, groups = text_of(parameters, "logLevel"), list_of(parameters, "cloudWatchLogGroupArns")
    if level.text("OFF") == "OFF":
        return non_compliant("The logging level is OFF.", level)
    if wanted and level.text() != wanted:
        return matched("The logging level", level, level.text(), (wanted,))
    arns = [item.get("CloudWatchLogsLogGroup", "LogGroupArn") for item in destinations.items()]
    if groups and first(arns, lambda arn: arn.text().removesuffix(":*") in _plain(groups)) is None:
        return non_compliant("No log destination is in cloudWatchLogGroupArns.", destinations)
    return compliant(f"The logging level is {level.text()}.", level)


def _plain(arns: tuple[str, ...]) -> list[str]:
    """Log group ARNs are written with and without the `:*` that stands for their streams."""
    return [arn.removesuffix(":*") for arn in arns]


RULES = (
    managed_rule(
        step_functions_state_machine_logging_enabled, STATE_MACHINE, optional=("cloudWatchLogGroupArns", "logLevel")
    ),
)
