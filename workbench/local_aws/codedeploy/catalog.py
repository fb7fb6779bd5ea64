"""Applications, deployment groups and deployment configurations: what is deployed where, and how.

moto keeps the first two only in part, and can neither change nor delete them; so all of it is kept here.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from workbench.local_aws.codedeploy import traffic
from workbench.local_aws.service import AwsError, Operation, RequestContext

_DEFAULT_CONFIG = "CodeDeployDefault.OneAtATime"
_NOT_KEPT = ("applicationName", "currentDeploymentGroupName", "newDeploymentGroupName", "tags")


@dataclass
class Application:
    """An application and its deployment groups, each as AWS describes it (`deploymentGroupInfo`)."""

    info: dict[str, Any]
    groups: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class Region:
    """What one account keeps in one region."""

    applications: dict[str, Application] = field(default_factory=dict)
    configs: dict[str, dict[str, Any]] = field(default_factory=dict)


class Catalog:
    """The store of all accounts and regions."""

    def __init__(self) -> None:
        self._regions: dict[tuple[str, str], Region] = {}

    def state(self) -> Any:
        return dict(self._regions)

    def restore(self, state: Any) -> None:
        self._regions.update(state)

    def region(self, context: RequestContext) -> Region:
        return self._regions.setdefault((context.account, context.region), Region())

    def application(self, context: RequestContext, name: str) -> Application:
        applications = self.region(context).applications
        if name not in applications:
            message = f"No application found for name: {name}"
            raise AwsError("ApplicationDoesNotExistException", message)
        return applications[name]

    def group(self, context: RequestContext, application: str, name: str) -> dict[str, Any]:
        groups = self.application(context, application).groups
        if name not in groups:
            raise AwsError("DeploymentGroupDoesNotExistException", f"No Deployment Group found for name: {name}")
        return groups[name]

    def routing(self, context: RequestContext, config: str) -> Mapping[str, Any]:
        """How a deployment configuration moves traffic; one made for servers moves it all at once."""
        if _is_for_servers(config):
            return {"type": "AllAtOnce"}
        routing: Mapping[str, Any] = self._config(context, config).get("trafficRoutingConfig") or {"type": "AllAtOnce"}
        return routing

    def operations(self) -> Mapping[str, Operation]:
        return {
            "CreateApplication": self._create_application,
            "UpdateApplication": self._update_application,
            "DeleteApplication": self._delete_application,
            "GetApplication": lambda p, c: {"application": self.application(c, p["applicationName"]).info},
            "BatchGetApplications": self._batch_get_applications,
            "ListApplications": lambda _, c: {"applications": list(self.region(c).applications)},
            "CreateDeploymentGroup": self._create_group,
            "UpdateDeploymentGroup": self._update_group,
            "DeleteDeploymentGroup": self._delete_group,
            "GetDeploymentGroup": self._get_group,
            "BatchGetDeploymentGroups": self._batch_get_groups,
            "ListDeploymentGroups": self._list_groups,
            "CreateDeploymentConfig": self._create_config,
            "DeleteDeploymentConfig": self._delete_config,
            "GetDeploymentConfig": lambda p, c: {"deploymentConfigInfo": self._config(c, p["deploymentConfigName"])},
            "ListDeploymentConfigs": lambda _, c: {
                "deploymentConfigsList": [*traffic.predefined(), *self.region(c).configs]
            },
        }

    def _create_application(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        name = parameters["applicationName"]
        applications = self.region(context).applications
        if name in applications:
            raise AwsError("ApplicationAlreadyExistsException", f"Application already exists: {name}")
        info = {
            "applicationId": str(uuid.uuid4()),
            "applicationName": name,
            "createTime": datetime.now(UTC),
            "linkedToGitHub": False,
            "computePlatform": parameters.get("computePlatform", "Server"),
        }
        applications[name] = Application(info)
        return {"applicationId": info["applicationId"]}

    def _update_application(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        name = parameters["applicationName"]
        new_name = parameters.get("newApplicationName", name)
        application = self.application(context, name)
        application.info["applicationName"] = new_name
        applications = self.region(context).applications
        applications[new_name] = applications.pop(name)

    def _delete_application(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        self.region(context).applications.pop(parameters["applicationName"], None)

    def _batch_get_applications(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        names = parameters["applicationNames"]
        return {"applicationsInfo": [self.application(context, name).info for name in names]}

    def _create_group(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        application = self.application(context, parameters["applicationName"])
        name = parameters["deploymentGroupName"]
        if name in application.groups:
            raise AwsError("DeploymentGroupAlreadyExistsException", f"Deployment group already exists: {name}")
        self._check_config(context, parameters)
        group = {
            "applicationName": parameters["applicationName"],
            "deploymentGroupId": str(uuid.uuid4()),
            "deploymentConfigName": _DEFAULT_CONFIG,
            "computePlatform": application.info["computePlatform"],
        }
        application.groups[name] = group | _kept(parameters)
        return {"deploymentGroupId": group["deploymentGroupId"]}

    def _update_group(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        name = parameters["currentDeploymentGroupName"]
        self._check_config(context, parameters)
        group = self.group(context, parameters["applicationName"], name)
        new_name = parameters.get("newDeploymentGroupName", name)
        group |= _kept(parameters) | {"deploymentGroupName": new_name}
        groups = self.application(context, parameters["applicationName"]).groups
        groups[new_name] = groups.pop(name)
        return {"hooksNotCleanedUp": []}

    def _delete_group(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        application = self.region(context).applications.get(parameters["applicationName"])
        if application:
            application.groups.pop(parameters["deploymentGroupName"], None)
        return {"hooksNotCleanedUp": []}

    def _get_group(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        group = self.group(context, parameters["applicationName"], parameters["deploymentGroupName"])
        return {"deploymentGroupInfo": group}

    def _batch_get_groups(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        application, names = parameters["applicationName"], parameters["deploymentGroupNames"]
        return {"deploymentGroupsInfo": [self.group(context, application, name) for name in names]}

    def _list_groups(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        name = parameters["applicationName"]
        return {"applicationName": name, "deploymentGroups": list(self.application(context, name).groups)}

    def _create_config(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        name = parameters["deploymentConfigName"]
        configs = self.region(context).configs
        if name in configs or name in traffic.predefined():
            raise AwsError("DeploymentConfigAlreadyExistsException", f"Deployment Config already exists: {name}")
        traffic.check(parameters.get("trafficRoutingConfig") or {"type": "AllAtOnce"})
        identity = {"deploymentConfigId": str(uuid.uuid4()), "createTime": datetime.now(UTC)}
        configs[name] = {"computePlatform": "Server"} | dict(parameters) | identity
        return {"deploymentConfigId": identity["deploymentConfigId"]}

    def _delete_config(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        name = parameters["deploymentConfigName"]
        if name.startswith("CodeDeployDefault."):
            raise AwsError("InvalidOperationException", f"{name} is a deployment configuration of CodeDeploy itself.")
        applications = self.region(context).applications.values()
        if any(group["deploymentConfigName"] == name for each in applications for group in each.groups.values()):
            raise AwsError("DeploymentConfigInUseException", f"Deployment Config is in use: {name}")
        self.region(context).configs.pop(name, None)

    def _config(self, context: RequestContext, name: str) -> Mapping[str, Any]:
        own = self.region(context).configs.get(name)
        if own:
            return own
        routing = traffic.predefined().get(name)
        if routing:
            return {"deploymentConfigName": name, "computePlatform": "Lambda", "trafficRoutingConfig": routing}
        raise AwsError("DeploymentConfigDoesNotExistException", f"No Deployment Config found for name: {name}")

    def _check_config(self, context: RequestContext, parameters: Mapping[str, Any]) -> None:
        name = parameters.get("deploymentConfigName", _DEFAULT_CONFIG)
        if not _is_for_servers(name):
            self._config(context, name)


def _is_for_servers(config: str) -> bool:
    return config.startswith("CodeDeployDefault.") and "Lambda" not in config


def _kept(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in parameters.items() if key not in _NOT_KEPT}
