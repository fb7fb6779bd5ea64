"""EventBridge: buses, their policies, and rules."""

from __future__ import annotations

import json
from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_RULE = ("Name", "Description", "EventBusName", "RoleArn", "ScheduleExpression", "State")


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("events")
    for bus in client.list_event_buses()["EventBuses"]:
        name = bus["Name"]
        if name != "default":
            properties = picked(bus, "Name", "Description", "KmsKeyIdentifier")
            yield Resource(name, "AWS::Events::EventBus", name, properties, picked(bus, "Arn", "Name"))
        if bus.get("Policy"):
            policy = {"EventBusName": name, "PolicyDocument": json.loads(bus["Policy"])}
            yield Resource(f"{name}/policy", "AWS::Events::EventBusPolicy", f"{name}/policy", policy)
        for rule in pages(client, "list_rules", "Rules", EventBusName=name):
            targets = list(pages(client, "list_targets_by_rule", "Targets", Rule=rule["Name"], EventBusName=name))
            pattern = json.loads(rule["EventPattern"]) if rule.get("EventPattern") else None
            properties = picked(rule, *_RULE) | compact({"EventPattern": pattern, "Targets": targets})
            physical_id = rule["Name"] if name == "default" else f"{name}|{rule['Name']}"
            yield Resource(physical_id, "AWS::Events::Rule", physical_id, properties, picked(rule, "Arn", "Name"))
