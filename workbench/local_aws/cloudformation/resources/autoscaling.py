"""Application Auto Scaling: scalable targets and their policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick

_KEY = ("ResourceId", "ScalableDimension", "ServiceNamespace")
_TARGET = ("MaxCapacity", "MinCapacity", "RoleARN", "SuspendedState")
_POLICY = (
    "PolicyType",
    "PredictiveScalingPolicyConfiguration",
    "StepScalingPolicyConfiguration",
    "TargetTrackingScalingPolicyConfiguration",
)


def _register(properties: Properties, context: Context) -> Physical:
    client = context.client("application-autoscaling")
    call(client, "register_scalable_target", **pick(properties, *_KEY, *_TARGET))
    for action in properties.get("ScheduledActions") or []:
        call(client, "put_scheduled_action", **pick(properties, *_KEY), **action)
    physical_id = "|".join(properties[name] for name in _KEY)
    return Physical(physical_id, {"Id": physical_id})


def _reregister(_: str, _old: Properties, new: Properties, context: Context) -> Physical:
    return _register(new, context)


def _deregister(_: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("application-autoscaling").deregister_scalable_target(**pick(properties, *_KEY))


def _put_policy(properties: Properties, context: Context) -> Physical:
    arn = call(
        context.client("application-autoscaling"),
        "put_scaling_policy",
        PolicyName=properties["PolicyName"],
        **_scaled(properties),
        **pick(properties, *_POLICY),
    )["PolicyARN"]
    return Physical(arn, {"Arn": arn})


def _update_policy(_: str, _old: Properties, new: Properties, context: Context) -> Physical:
    return _put_policy(new, context)


def _delete_policy(_: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("application-autoscaling").delete_scaling_policy(
            PolicyName=properties["PolicyName"], **_scaled(properties)
        )


def _scaled(properties: Properties) -> Mapping[str, Any]:
    """What a policy scales: named by its parts, or by the physical id of a scalable target."""
    if "ScalingTargetId" in properties:
        return dict(zip(_KEY, properties["ScalingTargetId"].split("|"), strict=True))
    return pick(properties, *_KEY)


PROVIDERS = {
    "AWS::ApplicationAutoScaling::ScalableTarget": Provider(
        _register,
        _reregister,
        _deregister,
        replaces=frozenset(_KEY),
        held=frozenset({*_KEY, *_TARGET, "ScheduledActions"}),
    ),
    "AWS::ApplicationAutoScaling::ScalingPolicy": Provider(
        _put_policy, _update_policy, _delete_policy, replaces=frozenset({*_KEY, "PolicyName", "ScalingTargetId"})
    ),
}
