"""CloudFormation: stacks."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    for stack in pages(clients("cloudformation"), "describe_stacks", "Stacks"):
        properties = picked(stack, "StackName", "Parameters", "Tags", "NotificationARNs", "RoleARN", "Capabilities")
        protection = {"EnableTerminationProtection": stack.get("EnableTerminationProtection", False)}
        changed_at = stack.get("LastUpdatedTime") or stack["CreationTime"]
        attributes = compact({"Name": stack["StackName"], "Arn": stack["StackId"], "StackStatus": stack["StackStatus"]})
        yield Resource(
            stack["StackName"],
            "AWS::CloudFormation::Stack",
            stack["StackId"],
            properties | protection,
            attributes | {"LastUpdatedTime": changed_at.isoformat()},
        )
