"""AWS CodeDeploy: applications, deployment groups and deployment configurations."""

from __future__ import annotations

from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick

_GROUP = (
    "AlarmConfiguration",
    "AutoRollbackConfiguration",
    "BlueGreenDeploymentConfiguration",
    "DeploymentConfigName",
    "DeploymentStyle",
    "ECSServices",
    "LoadBalancerInfo",
    "OutdatedInstancesStrategy",
    "ServiceRoleArn",
    "TerminationHookEnabled",
)
_CONFIG = ("ComputePlatform", "MinimumHealthyHosts", "TrafficRoutingConfig", "ZonalConfig")


def _create_application(properties: Properties, context: Context) -> Physical:
    name = properties.get("ApplicationName") or context.name(100)
    call(
        context.client("codedeploy"),
        "create_application",
        ApplicationName=name,
        Tags=context.tag_list(properties) or None,
        **pick(properties, "ComputePlatform"),
    )
    return Physical(name)


def _delete_application(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("codedeploy").delete_application(applicationName=name)


def _create_group(properties: Properties, context: Context) -> Physical:
    name = properties.get("DeploymentGroupName") or context.name(100)
    call(
        context.client("codedeploy"),
        "create_deployment_group",
        DeploymentGroupName=name,
        TriggerConfigurations=properties.get("TriggerConfigurations"),
        **pick(properties, "ApplicationName", *_GROUP),
    )
    return Physical(name)


def _update_group(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    call(
        context.client("codedeploy"),
        "update_deployment_group",
        CurrentDeploymentGroupName=name,
        TriggerConfigurations=new.get("TriggerConfigurations", []),
        **{**_unset(old, new), **pick(new, "ApplicationName", *_GROUP)},
    )
    return Physical(name)


def _unset(old: Properties, new: Properties) -> dict[str, Any]:
    gone: dict[str, Any] = {
        "AlarmConfiguration": {"Enabled": False, "Alarms": []},
        "AutoRollbackConfiguration": {"Enabled": False},
    }
    return {name: value for name, value in gone.items() if name in old and name not in new}


def _delete_group(name: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("codedeploy").delete_deployment_group(
            applicationName=properties["ApplicationName"], deploymentGroupName=name
        )


def _create_config(properties: Properties, context: Context) -> Physical:
    name = properties.get("DeploymentConfigName") or context.name(100)
    call(
        context.client("codedeploy"),
        "create_deployment_config",
        DeploymentConfigName=name,
        **pick(properties, *_CONFIG),
    )
    return Physical(name)


def _delete_config(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("codedeploy").delete_deployment_config(deploymentConfigName=name)


PROVIDERS = {
    "AWS::CodeDeploy::Application": Provider(_create_application, None, _delete_application),
    "AWS::CodeDeploy::DeploymentConfig": Provider(_create_config, None, _delete_config),
    "AWS::CodeDeploy::DeploymentGroup": Provider(
        _create_group,
        _update_group,
        _delete_group,
        replaces=frozenset({"ApplicationName", "DeploymentGroupName"}),
        held=frozenset({"ApplicationName", "DeploymentGroupName", "TriggerConfigurations", *_GROUP}),
    ),
}
