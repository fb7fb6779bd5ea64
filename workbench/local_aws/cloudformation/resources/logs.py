"""Amazon CloudWatch Logs: log groups with retention and encryption, filters, subscriptions."""

from __future__ import annotations

from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import Setting, apply_settings, gone_is_fine, pick, retagged

_SETTINGS = {
    "RetentionInDays": Setting(
        lambda logs, name, value: call(logs, "put_retention_policy", LogGroupName=name, RetentionInDays=value),
        lambda logs, name: logs.delete_retention_policy(logGroupName=name),
    ),
    "KmsKeyId": Setting(
        lambda logs, name, value: logs.associate_kms_key(logGroupName=name, kmsKeyId=value),
        lambda logs, name: logs.disassociate_kms_key(logGroupName=name),
    ),
}


def _create_group(properties: Properties, context: Context) -> Physical:
    logs = context.client("logs")
    name = properties.get("LogGroupName") or context.name(512)
    call(
        logs,
        "create_log_group",
        LogGroupName=name,
        Tags=context.tag_map(properties) or None,
        **pick(properties, "KmsKeyId"),
    )
    context.exists(name)
    apply_settings(_SETTINGS, logs, name, pick(properties, "KmsKeyId"), properties)
    return _group(name, context)


def _update_group(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    logs = context.client("logs")
    apply_settings(_SETTINGS, logs, name, old, new)
    _retag(logs, name, new, context)
    return _group(name, context)


def _delete_group(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("logs").delete_log_group(logGroupName=name)


def _retag(logs: Any, name: str, properties: Properties, context: Context) -> None:
    wanted, current = context.tag_map(properties), logs.list_tags_log_group(logGroupName=name)["tags"]
    if gone := retagged(current, wanted):
        logs.untag_log_group(logGroupName=name, tags=gone)
    if wanted and wanted != current:
        logs.tag_log_group(logGroupName=name, tags=wanted)


def _group(name: str, context: Context) -> Physical:
    return Physical(name, {"Arn": context.arn("logs", f"log-group:{name}:*")})


def _create_stream(properties: Properties, context: Context) -> Physical:
    name = properties.get("LogStreamName") or context.name(512)
    context.client("logs").create_log_stream(logGroupName=properties["LogGroupName"], logStreamName=name)
    return Physical(name)


def _delete_stream(name: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("logs").delete_log_stream(logGroupName=properties["LogGroupName"], logStreamName=name)


def _filter(put: str, remove: str, *settings: str) -> Provider:
    """Metric filters and subscription filters, which are put and deleted by name and group."""

    def write(name: str, properties: Properties, context: Context) -> Physical:
        call(
            context.client("logs"),
            put,
            FilterName=name,
            FilterPattern=properties.get("FilterPattern", ""),
            **pick(properties, "LogGroupName", *settings),
        )
        return Physical(name)

    def create(properties: Properties, context: Context) -> Physical:
        return write(properties.get("FilterName") or context.name(512), properties, context)

    def update(name: str, _: Properties, new: Properties, context: Context) -> Physical:
        return write(name, new, context)

    def delete(name: str, properties: Properties, context: Context) -> None:
        with gone_is_fine():
            getattr(context.client("logs"), remove)(logGroupName=properties["LogGroupName"], filterName=name)

    return Provider(create, update, delete, replaces=frozenset({"FilterName", "LogGroupName"}))


PROVIDERS = {
    "AWS::Logs::LogGroup": Provider(
        _create_group,
        _update_group,
        _delete_group,
        replaces=frozenset({"LogGroupName"}),
        held=frozenset({"LogGroupName", "Tags", *_SETTINGS}),
        tagged=True,
    ),
    "AWS::Logs::LogStream": Provider(_create_stream, None, _delete_stream),
    "AWS::Logs::MetricFilter": _filter("put_metric_filter", "delete_metric_filter", "MetricTransformations"),
    "AWS::Logs::SubscriptionFilter": _filter(
        "put_subscription_filter", "delete_subscription_filter", "DestinationArn", "Distribution", "RoleArn"
    ),
}
