"""Application Auto Scaling: targets and policies, which belong to what they scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_NAMESPACES = ("dynamodb", "lambda")
_TARGET = ("ServiceNamespace", "ResourceId", "ScalableDimension", "MinCapacity", "MaxCapacity", "RoleARN")
_TRACKING = "TargetTrackingScalingPolicyConfiguration"
_POLICY = ("PolicyName", "PolicyType", "ServiceNamespace", "ResourceId", "ScalableDimension", _TRACKING)


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("application-autoscaling")
    for namespace in _NAMESPACES:
        yield from _targets(client, namespace)
        yield from _policies(client, namespace)


def _targets(client: Any, namespace: str) -> Iterator[Resource]:
    for target in pages(client, "describe_scalable_targets", "ScalableTargets", ServiceNamespace=namespace):
        physical_id = f"{target['ResourceId']}|{target['ScalableDimension']}|{namespace}"
        properties = picked(target, *_TARGET)
        yield Resource(physical_id, "AWS::ApplicationAutoScaling::ScalableTarget", physical_id, properties)


def _policies(client: Any, namespace: str) -> Iterator[Resource]:
    for policy in pages(client, "describe_scaling_policies", "ScalingPolicies", ServiceNamespace=namespace):
        arn = policy["PolicyARN"]
        yield Resource(arn, "AWS::ApplicationAutoScaling::ScalingPolicy", arn, picked(policy, *_POLICY))
