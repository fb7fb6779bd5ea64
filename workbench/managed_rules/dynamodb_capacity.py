"""Amazon DynamoDB tables: whether capacity follows the load.

Owns auto scaling of tables and their indexes, and the account's throughput limits. A table finds its scaling in
`related` (Application Auto Scaling); a global table carries it in its own properties.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.managed_rules.dynamodb import GLOBAL_TABLE, TABLE
from workbench.managed_rules.model import Finding, Parameters, Trigger, Verdict, managed_rule
from workbench.managed_rules.parameters import number_of
from workbench.managed_rules.properties import (
    Property,
    all_of,
    any_of,
    beside,
    compliant,
    first,
    non_compliant,
    not_applicable,
    properties_of,
    read,
)
from workbench.resources import Resource

TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
DIRECTIONS = ("Read", "Write")
NOTHING = Property(None)


@dataclass(frozen=True)
class Scaling:
    """Where the limits and the aim of one dimension's auto scaling stand."""

    what: str
    direction: str
    limits: Property
    tracking: Property

    @property
    def is_on(self) -> bool:
        return self.limits.is_set and self.tracking.is_set


def dynamodb_autoscaling_enabled(table: Resource, parameters: Parameters) -> Finding:
    """Capacity follows the load.

    COMPLIANT when the table is on-demand, or when a target with a scaling policy scales reading and writing of the
    table and of each global secondary index. With min/maxProvisionedRead/WriteCapacity the target's limits must lie
    within them, with targetRead/WriteUtilization the policy must aim no higher.

    Source: AWS Config Developer Guide, dynamodb-autoscaling-enabled.
    """
    billing = read(table, "BillingMode")
    if billing.text() == "PAY_PER_REQUEST":
        return compliant("The table is on-demand.", billing)
    scalings = tuple(_global_scalings(table) if table.type == GLOBAL_TABLE else _scalings(table))
    fixed = first(scalings, lambda scaling: not scaling.is_on)
    if fixed:
        return non_compliant(
            f"{fixed.direction} capacity of {fixed.what} is provisioned without auto scaling.", billing
        )
    misfit = first(scalings, lambda scaling: not _fits(scaling, parameters))
    if misfit:
        message = (
            f"Auto scaling of {misfit.direction.lower()} capacity of {misfit.what} is outside the expected limits."
        )
        return non_compliant(message, misfit.limits)
    return compliant("Auto scaling is on for reading and writing.", billing)


def _scalings(table: Resource) -> Iterator[Scaling]:
    indexes = [index.get("IndexName").text() for index in read(table, "GlobalSecondaryIndexes").items()]
    for index in ("", *indexes):
        resource = f"table/{table.physical_id}" + (f"/index/{index}" if index else "")
        for direction in DIRECTIONS:
            dimension = f"dynamodb:{'index' if index else 'table'}:{direction}CapacityUnits"
            yield _scaling(table, resource, dimension)


def _scaling(table: Resource, resource: str, dimension: str) -> Scaling:
    targets = [other for other in table.related if other.type == TARGET]
    target = first(targets, lambda other: _names(properties_of(other), resource, dimension))
    what = f"the index {resource.rsplit('/', 1)[-1]}" if ":index:" in dimension else "the table"
    direction = dimension.rsplit(":", 1)[-1].removesuffix("CapacityUnits")
    if target is None:
        return Scaling(what, direction, NOTHING, NOTHING)
    policy = _policy(table, target, resource, dimension)
    return Scaling(what, direction, properties_of(target), policy or NOTHING)


def _policy(table: Resource, target: Resource, resource: str, dimension: str) -> Property | None:
    """The policy that names the target's own id, or the table's resource id and dimension."""
    own = beside(target, POLICY)
    joined = f"{resource}|{dimension}|dynamodb"
    return own[0] if own else first(beside(table, POLICY), lambda item: _serves(item, joined, resource, dimension))


def _serves(policy: Property, joined: str, resource: str, dimension: str) -> bool:
    return any_of(lambda: _names(policy, resource, dimension), lambda: policy.get("ScalingTargetId").text() == joined)


def _names(item: Property, resource: str, dimension: str) -> bool:
    return all_of(
        lambda: item.get("ResourceId").text() == resource,
        lambda: item.get("ScalableDimension").text() == dimension,
    )


def _global_scalings(table: Resource) -> Iterator[Scaling]:
    for place, what in _with_indexes(read(table)):
        settings = place.get("WriteProvisionedThroughputSettings", "WriteCapacityAutoScalingSettings")
        yield Scaling(what, "Write", settings, settings)
    for replica in read(table, "Replicas").items():
        for place, what in _with_indexes(replica):
            settings = place.get("ReadProvisionedThroughputSettings", "ReadCapacityAutoScalingSettings")
            yield Scaling(what, "Read", settings, settings)


def _with_indexes(place: Property) -> Iterator[tuple[Property, str]]:
    yield place, "the table"
    for index in place.get("GlobalSecondaryIndexes").items():
        yield index, f"the index {index.get('IndexName').text()}"


def _fits(scaling: Scaling, parameters: Parameters) -> bool:
    least = number_of(parameters, f"minProvisioned{scaling.direction}Capacity")
    most = number_of(parameters, f"maxProvisioned{scaling.direction}Capacity")
    aim = number_of(parameters, f"target{scaling.direction}Utilization")
    tracking = scaling.tracking.get("TargetTrackingScalingPolicyConfiguration", "TargetValue")
    return all_of(
        lambda: least is None or (scaling.limits.get("MinCapacity").number() or 0) >= least,
        lambda: most is None or (scaling.limits.get("MaxCapacity").number() or most) <= most,
        lambda: aim is None or (tracking.number() or aim) <= aim,
    )


def dynamodb_throughput_limit_check(resource: Resource, parameters: Parameters) -> Finding:
    """The account's tables stay under its throughput limits.

    Judges the account: it never has a result for a resource of a stack.

    Source: AWS Config Developer Guide, dynamodb-throughput-limit-check.
    """
    return not_applicable("The rule judges the account, not a resource of the stack.")


RULES = (
    managed_rule(
        dynamodb_autoscaling_enabled,
        TABLE,
        GLOBAL_TABLE,
        trigger=Trigger.PERIODIC,
        optional=(
            "minProvisionedReadCapacity",
            "maxProvisionedReadCapacity",
            "minProvisionedWriteCapacity",
            "maxProvisionedWriteCapacity",
            "targetReadUtilization",
            "targetWriteUtilization",
        ),
    ),
    managed_rule(
        dynamodb_throughput_limit_check,
        trigger=Trigger.PERIODIC,
        optional=("accountRCUThresholdPercentage", "accountWCUThresholdPercentage"),
        defaults={"accountRCUThresholdPercentage": "80", "accountWCUThresholdPercentage": "80"},
        verdicts=(Verdict.NOT_APPLICABLE,),
    ),
)
