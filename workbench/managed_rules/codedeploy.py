"""AWS CodeDeploy deployment groups."""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, managed_rule
from workbench.managed_rules.properties import (
    Unresolved,
    beside,
    compliant,
    judged,
    non_compliant,
    not_applicable,
    read,
)
from workbench.resources import Resource

APPLICATION = "AWS::CodeDeploy::Application"
DEPLOYMENT_GROUP = "AWS::CodeDeploy::DeploymentGroup"
ALL_AT_ONCE = "CodeDeployDefault.LambdaAllAtOnce"
DEFAULT_PLATFORM = "Server"


def codedeploy_lambda_allatonce_traffic_shift_disabled(group: Resource, parameters: Parameters) -> Finding:
    """A new version of a function receives its traffic step by step.

    NON_COMPLIANT when a deployment group for Lambda uses CodeDeployDefault.LambdaAllAtOnce, also by saying nothing.
    Groups of other platforms are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, codedeploy-lambda-allatonce-traffic-shift-disabled.
    """
    config = read(group, "DeploymentConfigName")
    platform = _platform(group)
    if platform != "Lambda":
        return not_applicable(f"The deployment group is for the platform {platform}.")
    return judged(config.text(ALL_AT_ONCE) != ALL_AT_ONCE, f"Traffic shifts by {config.text(ALL_AT_ONCE)}.", config)


def _platform(group: Resource) -> str:
    applications = beside(group, APPLICATION)
    if applications:
        return applications[0].get("ComputePlatform").text(DEFAULT_PLATFORM)
    config = read(group, "DeploymentConfigName")
    if config.text().startswith("CodeDeployDefault.Lambda"):
        return "Lambda"
    raise Unresolved("The application of the deployment group is not known", read(group, "ApplicationName"))


def codedeploy_auto_rollback_monitor_enabled(group: Resource, parameters: Parameters) -> Finding:
    """Alarms watch the deployment, and a failure rolls it back.

    NON_COMPLIANT when automatic rollback or monitoring with alarms is not configured or not enabled.

    Source: AWS Config Developer Guide, codedeploy-auto-rollback-monitor-enabled.
    """
    rollback, alarms = read(group, "AutoRollbackConfiguration"), read(group, "AlarmConfiguration")
    if not rollback.get("Enabled").flag():
        return non_compliant("Automatic rollback is off.", rollback.get("Enabled"))
    if not alarms.get("Enabled").flag() or not alarms.get("Alarms").is_set:
        return non_compliant("No alarm watches the deployment.", alarms)
    return compliant("Alarms watch the deployment, and a failure rolls it back.", alarms)


def codedeploy_deployment_group_auto_rollback_enabled(group: Resource, parameters: Parameters) -> Finding:
    """A failed deployment is rolled back.

    NON_COMPLIANT when automatic rollback is off, as when nothing is set.

    Source: AWS Config Developer Guide, codedeploy-deployment-group-auto-rollback-enabled.
    """
    rollback = read(group, "AutoRollbackConfiguration", "Enabled")
    return judged(rollback.flag(), f"Automatic rollback is {'on' if rollback.flag() else 'off'}.", rollback)


RULES = (
    managed_rule(
        codedeploy_lambda_allatonce_traffic_shift_disabled, DEPLOYMENT_GROUP, verdicts=JUDGED_OR_NOT_APPLICABLE
    ),
    managed_rule(codedeploy_auto_rollback_monitor_enabled, DEPLOYMENT_GROUP),
    managed_rule(codedeploy_deployment_group_auto_rollback_enabled, DEPLOYMENT_GROUP),
)
