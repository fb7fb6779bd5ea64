"""Step Functions: state machines."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import capitalised, compact, found, pages
from workbench.local_aws.service import RequestContext
from workbench.local_aws.state_machines import there_may_be_some
from workbench.resources import Resource


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    if not there_may_be_some():
        return
    client = clients("stepfunctions")
    for listed in pages(client, "list_state_machines", "stateMachines"):
        arn = listed["stateMachineArn"]
        machine = found(client.describe_state_machine, stateMachineArn=arn)
        tags = found(client.list_tags_for_resource, resourceArn=arn).get("tags")
        properties = {
            "StateMachineName": machine.get("name"),
            "StateMachineType": machine.get("type"),
            "RoleArn": machine.get("roleArn"),
            "DefinitionString": machine.get("definition"),
            "LoggingConfiguration": capitalised(machine.get("loggingConfiguration")),
            "TracingConfiguration": capitalised(machine.get("tracingConfiguration")),
            "EncryptionConfiguration": capitalised(machine.get("encryptionConfiguration")),
            "Tags": capitalised(tags),
        }
        attributes = {"Arn": arn, "Name": machine.get("name")}
        yield Resource(arn, "AWS::StepFunctions::StateMachine", arn, compact(properties), attributes)
