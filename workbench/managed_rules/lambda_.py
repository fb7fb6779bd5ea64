"""AWS Lambda functions: how they are configured.

Owns runtime, limits, failure handling and network. Tracing and logs: `lambda_telemetry`; who may invoke a function:
`lambda_access`.
"""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, managed_rule
from workbench.managed_rules.names import is_arn, last_segment
from workbench.managed_rules.parameters import list_of, number_of, text_of
from workbench.managed_rules.properties import (
    Property,
    Unresolved,
    compliant,
    first,
    judged,
    non_compliant,
    not_applicable,
    properties_of,
    read,
)
from workbench.resources import Resource

FUNCTION = "AWS::Lambda::Function"
SUBNET = "AWS::EC2::Subnet"
DEFAULT_MEMORY, DEFAULT_TIMEOUT = 128, 3


def lambda_function_settings_check(function: Resource, parameters: Parameters) -> Finding:
    """Runtime, role, memory and timeout are the expected ones.

    COMPLIANT when the runtime is in the list and, where the parameters are given, role, memory size and timeout are
    equal to them: a match, not a minimum. Container images and OS-only runtimes are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, lambda-function-settings-check; Security Hub Lambda.2.
    """
    package, runtime = read(function, "PackageType"), read(function, "Runtime")
    if package.text() == "Image":
        return not_applicable("The function is a container image.", package)
    if runtime.text().startswith("provided"):
        return not_applicable(f"The runtime {runtime.text()} is an OS-only runtime.", runtime)
    if runtime.text() not in list_of(parameters, "runtime"):
        return non_compliant(f"The runtime {runtime.text('(none)')} is not in the list of expected runtimes.", runtime)
    return (
        _role_mismatch(function, parameters)
        or _size_mismatch(function, parameters)
        or compliant("The settings are the expected ones.", runtime)
    )


def _role_mismatch(function: Resource, parameters: Parameters) -> Finding | None:
    expected, role = text_of(parameters, "role"), read(function, "Role")
    if not expected:
        return None
    found = role.text() if is_arn(expected) else last_segment(role.text())
    return None if found == expected else non_compliant(f"The role is {found}, not {expected}.", role)


def _size_mismatch(function: Resource, parameters: Parameters) -> Finding | None:
    for name, parameter, default in (
        ("MemorySize", "memorySize", DEFAULT_MEMORY),
        ("Timeout", "timeout", DEFAULT_TIMEOUT),
    ):
        expected, size = number_of(parameters, parameter), read(function, name)
        if expected is not None and (found := size.number() or default) != expected:
            return non_compliant(f"{name} is {found:g}, not {expected:g}.", size)
    return None


def lambda_concurrency_check(function: Resource, parameters: Parameters) -> Finding:
    """Concurrency is reserved for the function.

    NON_COMPLIANT without reserved concurrency, or when it lies outside ConcurrencyLimitLow and ConcurrencyLimitHigh.

    Source: AWS Config Developer Guide, lambda-concurrency-check.
    """
    reserved = read(function, "ReservedConcurrentExecutions")
    limit = reserved.number()
    if limit is None:
        return non_compliant("The function has no reserved concurrency.", reserved)
    low, high = number_of(parameters, "ConcurrencyLimitLow"), number_of(parameters, "ConcurrencyLimitHigh")
    inside = (low is None or limit >= low) and (high is None or limit <= high)
    detail = "" if inside else ", outside the limits of the rule"
    return judged(inside, f"The reserved concurrency is {limit:g}{detail}.", reserved)


def lambda_dlq_check(function: Resource, parameters: Parameters) -> Finding:
    """Failed asynchronous invocations go to a dead-letter queue.

    NON_COMPLIANT without DeadLetterConfig, or when its target is not in dlqArns. On-failure destinations do not count.

    Source: AWS Config Developer Guide, lambda-dlq-check.
    """
    config = read(function, "DeadLetterConfig")
    if not config.is_set:
        return non_compliant("The function has no dead-letter queue.", config)
    allowed, target = list_of(parameters, "dlqArns"), config.get("TargetArn")
    if allowed and target.text() not in allowed:
        return non_compliant(f"The dead-letter queue {target.text()} is not in dlqArns.", target)
    return compliant("The function has a dead-letter queue.", config)


def lambda_inside_vpc(function: Resource, parameters: Parameters) -> Finding:
    """The function runs inside a VPC.

    NON_COMPLIANT without subnets, or when one of them is not in subnetIds.

    Source: AWS Config Developer Guide, lambda-inside-vpc.
    """
    subnets = read(function, "VpcConfig", "SubnetIds")
    if not subnets.is_set:
        return non_compliant("The function is not in a VPC.", subnets)
    allowed = list_of(parameters, "subnetIds")
    strange = first(subnets.items(), lambda subnet: subnet.text() not in allowed) if allowed else None
    if strange:
        return non_compliant(f"The subnet {strange.text()} is not in subnetIds.", strange)
    return compliant("The function is in a VPC.", subnets)


def lambda_vpc_multi_az_check(function: Resource, parameters: Parameters) -> Finding:
    """The function's subnets lie in more than one availability zone.

    NON_COMPLIANT when they lie in one zone only, or in fewer than availabilityZones. A function outside a VPC is
    NOT_APPLICABLE. The zone of a subnet is known when the subnet belongs to the stack.

    Source: AWS Config Developer Guide, lambda-vpc-multi-az-check; Security Hub Lambda.5.
    """
    subnets = read(function, "VpcConfig", "SubnetIds")
    if not subnets.is_set:
        return not_applicable("The function is not in a VPC.", subnets)
    wanted = int(number_of(parameters, "availabilityZones") or 2)
    if len(subnets.items()) < wanted:
        return non_compliant(f"The function has fewer subnets than {wanted} zones.", subnets)
    zones = {_zone(function, subnet) for subnet in subnets.items()}
    return judged(len(zones) >= wanted, f"The function's availability zones are {', '.join(sorted(zones))}.", subnets)


def _zone(function: Resource, subnet: Property) -> str:
    for other in function.related:
        if other.type == SUBNET and other.physical_id == subnet.text():
            properties = properties_of(other)
            zone = properties.get("AvailabilityZone").text() or properties.get("AvailabilityZoneId").text()
            if zone:
                return zone
    raise Unresolved(f"The availability zone of the subnet {subnet.text()} is not known", subnet)


RULES = (
    managed_rule(
        lambda_function_settings_check,
        FUNCTION,
        required=("runtime",),
        optional=("role", "memorySize", "timeout"),
        defaults={"memorySize": str(DEFAULT_MEMORY), "timeout": str(DEFAULT_TIMEOUT)},
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
    managed_rule(lambda_concurrency_check, FUNCTION, optional=("ConcurrencyLimitHigh", "ConcurrencyLimitLow")),
    managed_rule(lambda_dlq_check, FUNCTION, optional=("dlqArns",)),
    managed_rule(lambda_inside_vpc, FUNCTION, optional=("subnetIds",)),
    managed_rule(
        lambda_vpc_multi_az_check, FUNCTION, optional=("availabilityZones",), verdicts=JUDGED_OR_NOT_APPLICABLE
    ),
)
