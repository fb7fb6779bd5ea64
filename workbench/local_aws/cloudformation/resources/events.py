"""Amazon EventBridge: rules with their targets, event buses and their policies."""

from __future__ import annotations

import json
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick

_RULE = ("Description", "EventBusName", "EventPattern", "RoleArn", "ScheduleExpression", "State")


def _create_rule(properties: Properties, context: Context) -> Physical:
    return _put_rule(properties.get("Name") or context.name(64), {}, properties, context)


def _update_rule(physical_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    return _put_rule(physical_id.rsplit("|", 1)[-1], old, new, context)


def _put_rule(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    events = context.client("events")
    arn = call(events, "put_rule", Name=name, **pick(new, *_RULE))["RuleArn"]
    bus = pick(new, "EventBusName")
    targets = new.get("Targets") or []
    gone = {target["Id"] for target in old.get("Targets") or []} - {target["Id"] for target in targets}
    if gone:
        call(events, "remove_targets", Rule=name, Ids=sorted(gone), **bus)
    if targets:
        call(events, "put_targets", Rule=name, Targets=targets, **bus)
    # On a custom bus, Ref returns bus and name.
    is_custom = bus.get("EventBusName", "default") != "default"
    return Physical(f"{bus['EventBusName']}|{name}" if is_custom else name, {"Arn": arn, "RuleName": name})


def _delete_rule(physical_id: str, properties: Properties, context: Context) -> None:
    events: Any = context.client("events")
    where = {"Rule": physical_id.rsplit("|", 1)[-1], **pick(properties, "EventBusName")}
    with gone_is_fine():
        ids = [target["Id"] for target in events.list_targets_by_rule(**where)["Targets"]]
        if ids:
            events.remove_targets(**where, Ids=ids)
        events.delete_rule(Name=where.pop("Rule"), **where)


def _create_bus(properties: Properties, context: Context) -> Physical:
    arn = call(context.client("events"), "create_event_bus", **pick(properties, "Name", "EventSourceName"))
    return Physical(properties["Name"], {"Arn": arn["EventBusArn"], "Name": properties["Name"]})


def _delete_bus(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("events").delete_event_bus(Name=name)


def _create_bus_policy(properties: Properties, context: Context) -> Physical:
    bus, name = properties.get("EventBusName", "default"), properties["StatementId"]
    events: Any = context.client("events")
    bus_arn = events.describe_event_bus(Name=bus)["Arn"]
    written = properties.get("Statement") or {
        "Effect": "Allow",
        "Principal": _principal(properties.get("Principal")),
        "Action": properties.get("Action", "events:PutEvents"),
        "Resource": bus_arn,
        **pick(properties, "Condition"),
    }
    _put_statements(events, bus, [*_statements(events, bus, name), {"Sid": name, **written}])
    return Physical(f"{bus}|{name}")


def _update_bus_policy(_: str, __: Properties, new: Properties, context: Context) -> Physical:
    return _create_bus_policy(new, context)


def _delete_bus_policy(physical_id: str, _: Properties, context: Context) -> None:
    bus, name = physical_id.split("|")
    with gone_is_fine():
        context.client("events").remove_permission(EventBusName=bus, StatementId=name)


def _principal(written: Any) -> Any:
    return {"AWS": written} if isinstance(written, str) and written != "*" else written


def _statements(events: Any, bus: str, without: str) -> list[Any]:
    policy = json.loads(events.describe_event_bus(Name=bus).get("Policy") or "{}")
    return [statement for statement in policy.get("Statement", []) if statement.get("Sid") != without]


def _put_statements(events: Any, bus: str, statements: list[Any]) -> None:
    policy = {"Version": "2012-10-17", "Statement": statements}
    events.put_permission(EventBusName=bus, Policy=json.dumps(policy))


PROVIDERS = {
    "AWS::Events::EventBus": Provider(_create_bus, None, _delete_bus),
    "AWS::Events::EventBusPolicy": Provider(
        _create_bus_policy,
        _update_bus_policy,
        _delete_bus_policy,
        replaces=frozenset({"EventBusName", "StatementId"}),
    ),
    "AWS::Events::Rule": Provider(
        _create_rule,
        _update_rule,
        _delete_rule,
        replaces=frozenset({"EventBusName", "Name"}),
        held=frozenset({"Name", "Targets", *_RULE}),
    ),
}
