"""What tests do with stacks: deploy and wait, look at resources, read the events as a story."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.local_aws.server import LocalAws

CAPABILITIES = ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


@dataclass(frozen=True)
class Stacks:
    """Stacks of a local AWS, by name."""

    aws: LocalAws

    @property
    def client(self) -> Any:
        return self.aws.client("cloudformation")

    def create(self, name: str, resources: Mapping[str, Any], **request: Any) -> dict[str, Any]:
        return self._submit("create_stack", name, resources, request)

    def update(self, name: str, resources: Mapping[str, Any], **request: Any) -> dict[str, Any]:
        return self._submit("update_stack", name, resources, request)

    def delete(self, name: str, **request: Any) -> dict[str, Any]:
        stack_id = self.client.describe_stacks(StackName=name)["Stacks"][0]["StackId"]
        self.client.delete_stack(StackName=name, **request)
        return self.settled(stack_id)

    def settled(self, name: str) -> dict[str, Any]:
        """The stack, once its operation has ended."""
        for _ in range(1500):
            stack: dict[str, Any] = self.client.describe_stacks(StackName=name)["Stacks"][0]
            if not stack["StackStatus"].endswith("IN_PROGRESS"):
                return stack
            time.sleep(0.01)
        raise TimeoutError(f"{name} is still {stack['StackStatus']}")

    def resources(self, name: str) -> dict[str, dict[str, Any]]:
        pages = self.client.get_paginator("list_stack_resources").paginate(StackName=name)
        return {item["LogicalResourceId"]: item for page in pages for item in page["StackResourceSummaries"]}

    def physical_id(self, name: str, logical_id: str) -> str:
        return str(self.resources(name)[logical_id]["PhysicalResourceId"])

    def story(self, name: str, skip: int = 0) -> list[tuple[str, str]]:
        """Logical id and status of each event, oldest first."""
        return [(event["LogicalResourceId"], event["ResourceStatus"]) for event in self.events(name)][skip:]

    def events(self, name: str) -> list[dict[str, Any]]:
        pages = self.client.get_paginator("describe_stack_events").paginate(StackName=name)
        return [event for page in pages for event in page["StackEvents"]][::-1]

    def reason(self, name: str, logical_id: str, status: str) -> str:
        told = [e for e in self.events(name) if (e["LogicalResourceId"], e["ResourceStatus"]) == (logical_id, status)]
        return str(told[-1]["ResourceStatusReason"])

    def _submit(self, method: str, name: str, resources: Mapping[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        sections = {
            key: request.pop(key) for key in ("Parameters", "Conditions", "Outputs", "Transform") if key in request
        }
        given = [{"ParameterKey": key, "ParameterValue": value} for key, value in request.pop("Given", {}).items()]
        getattr(self.client, method)(
            StackName=name,
            TemplateBody=template(resources, **sections),
            Parameters=given,
            Capabilities=request.pop("Capabilities", CAPABILITIES),
            **request,
        )
        return self.settled(name)


def template(resources: Mapping[str, Any], **sections: Any) -> str:
    return json.dumps({"Resources": resources, **sections})


def bucket(**properties: Any) -> dict[str, Any]:
    return {"Type": "AWS::S3::Bucket", "Properties": properties}


def versioned(status: str = "Enabled") -> dict[str, Any]:
    return bucket(VersioningConfiguration={"Status": status})


def broken(**body: Any) -> dict[str, Any]:
    """A resource that no service accepts: the name of its topic is too long."""
    return {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "x" * 300}, **body}
