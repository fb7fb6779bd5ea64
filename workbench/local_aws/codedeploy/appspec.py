"""An AppSpec file for Lambda as a plan: which alias moves from which version to which, with which hooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from workbench.local_aws.codedeploy.deployment import Plan
from workbench.local_aws.service import AwsError


def plan_from(parameters: Mapping[str, Any]) -> Plan:
    """The plan of a CreateDeployment. Raises `AwsError` for a revision that is not an AppSpec of one function."""
    spec = _spec(parameters.get("revision") or {})
    try:
        function = next(iter(spec["Resources"][0].values()))["Properties"]
        hooks = {name: hook for each in spec.get("Hooks") or [] for name, hook in each.items()}
        return Plan(
            application=parameters["applicationName"],
            deployment_group=parameters.get("deploymentGroupName", ""),
            function_name=function["Name"],
            alias=function["Alias"],
            current_version=str(function["CurrentVersion"]),
            target_version=str(function["TargetVersion"]),
            before_hook=hooks.get("BeforeAllowTraffic"),
            after_hook=hooks.get("AfterAllowTraffic"),
        )
    except (KeyError, IndexError, TypeError, AttributeError, StopIteration) as error:
        message = f"The AppSpec file cannot be used: {type(error).__name__} at {error}"
        raise AwsError("InvalidRevisionException", message) from error


def _spec(revision: Mapping[str, Any]) -> Mapping[str, Any]:
    content = (revision.get("appSpecContent") or revision.get("string") or {}).get("content", "")
    try:
        spec = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise AwsError("InvalidRevisionException", f"The AppSpec file is neither JSON nor YAML: {error}") from error
    if not isinstance(spec, Mapping):
        message = "The revision needs an AppSpec file of version 0.0 in appSpecContent."
        raise AwsError("RevisionRequiredException", message)
    return spec
