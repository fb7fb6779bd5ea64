"""CodeDeploy: applications and deployment groups."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import capitalised, pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_GROUP = (
    "ApplicationName",
    "DeploymentGroupName",
    "DeploymentConfigName",
    "ServiceRoleArn",
    "AlarmConfiguration",
    "AutoRollbackConfiguration",
    "DeploymentStyle",
    "TriggerConfigurations",
)


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("codedeploy")
    for name in pages(client, "list_applications", "applications"):
        application = capitalised(client.get_application(applicationName=name)["application"])
        properties = picked(application, "ApplicationName", "ComputePlatform")
        yield Resource(name, "AWS::CodeDeploy::Application", name, properties)
        for group_name in pages(client, "list_deployment_groups", "deploymentGroups", applicationName=name):
            described = client.get_deployment_group(applicationName=name, deploymentGroupName=group_name)
            group = capitalised(described["deploymentGroupInfo"])
            attributes = {"DeploymentGroupId": group["DeploymentGroupId"], "Name": group_name}
            kind = "AWS::CodeDeploy::DeploymentGroup"
            yield Resource(f"{name}/{group_name}", kind, group_name, picked(group, *_GROUP), attributes)
