"""Amazon EventBridge: rules with their targets, event buses."""

from __future__ import annotations

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
    return Physical(f"{bus['EventBusName']}|{name}" if bus else name, {"Arn": arn})


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


PROVIDERS = {
    "AWS::Events::EventBus": Provider(_create_bus, None, _delete_bus),
    "AWS::Events::Rule": Provider(
        _create_rule,
        _update_rule,
        _delete_rule,
        replaces=frozenset({"EventBusName", "Name"}),
        held=frozenset({"Name", "Targets", *_RULE}),
    ),
}
