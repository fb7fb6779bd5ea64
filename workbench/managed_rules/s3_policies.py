"""Amazon S3 buckets: what a bucket policy may grant at most.

Owns the rules that compare the statements of a bucket policy with a list of allowed grantees or forbidden actions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network

from workbench.managed_rules.model import Finding, Parameters, managed_rule
from workbench.managed_rules.parameters import list_of
from workbench.managed_rules.policies import admits_everyone, allows, covers_any, matches, statements_of
from workbench.managed_rules.properties import (
    Property,
    Unresolved,
    all_of,
    any_of,
    beside,
    compliant,
    first,
    non_compliant,
    read,
)
from workbench.managed_rules.s3 import BUCKET
from workbench.resources import Resource

BUCKET_POLICY = "AWS::S3::BucketPolicy"
Network = IPv4Network | IPv6Network
ROOT = re.compile(r"arn:[\w-]+:iam::(\d+):root")
GRANTEES = {"AWS": "awsPrincipals", "Federated": "federatedUsers", "Service": "servicePrincipals"}


def s3_bucket_policy_grantee_check(bucket: Resource, parameters: Parameters) -> Finding:
    """The bucket policy grants access to the expected grantees only.

    COMPLIANT without a policy, or when each Allow statement admits only awsPrincipals, federatedUsers and
    servicePrincipals, or is limited to ipAddresses or vpcIds.

    Source: AWS Config Developer Guide, s3-bucket-policy-grantee-check.
    """
    found = statements_of(beside(bucket, BUCKET_POLICY))
    strange = first(found, lambda statement: allows(statement) and not _is_expected(statement, parameters))
    if strange:
        return non_compliant("The bucket policy grants access to somebody unexpected.", strange.get("Principal"))
    return compliant("The bucket policy grants access to nobody unexpected.", read(bucket))


def _is_expected(statement: Property, parameters: Parameters) -> bool:
    condition = statement.get("Condition")
    addresses, networks = condition.get("IpAddress", "aws:SourceIp"), condition.get("StringEquals", "aws:SourceVpc")
    ranges, vpcs = list_of(parameters, "ipAddresses"), list_of(parameters, "vpcIds")
    return any_of(
        lambda: _grants_only(statement.get("Principal"), parameters),
        lambda: addresses.is_set and _all(addresses, lambda address: _in_ranges(address, ranges)),
        lambda: networks.is_set and _all(networks, lambda network: network in vpcs),
    )


def _grants_only(principal: Property, parameters: Parameters) -> bool:
    if not isinstance(principal.known(), Mapping):
        return False
    granted = [
        (name, list_of(parameters, GRANTEES.get(kind, "")))
        for kind, names in principal.entries()
        for name in names.items()
    ]
    return first(granted, lambda grant: not _is_grantee(grant[0].text(), grant[1])) is None


def _all(values: Property, test: Callable[[str], bool]) -> bool:
    return first(values.items(), lambda value: not test(value.text())) is None


def _is_grantee(name: str, allowed: tuple[str, ...]) -> bool:
    """An account is written as its number or as the ARN of its root."""
    account = ROOT.fullmatch(name)
    spellings = (name, account[1]) if account else (name, f"arn:aws:iam::{name}:root")
    return any(matches(spelling, pattern) for pattern in allowed for spelling in spellings)


def _in_ranges(address: str, ranges: tuple[str, ...]) -> bool:
    inner = _network(address)
    return any(_lies_in(inner, _network(text)) for text in ranges)


def _network(text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise Unresolved(f"{text!r} is not an address range") from None


def _lies_in(inner: Network, outer: Network) -> bool:
    if isinstance(inner, IPv4Network):
        return isinstance(outer, IPv4Network) and inner.subnet_of(outer)
    return isinstance(outer, IPv6Network) and inner.subnet_of(outer)


def s3_bucket_blacklisted_actions_prohibited(bucket: Resource, parameters: Parameters) -> Finding:
    """The bucket policy grants other accounts none of the listed actions.

    NON_COMPLIANT when an Allow statement grants an action of blacklistedActionPattern to everyone or to another
    account, whatever its conditions. Whether an account that the policy names is another one is not known offline.

    Source: AWS Config Developer Guide, s3-bucket-blacklisted-actions-prohibited; Security Hub S3.6.
    """
    patterns = list_of(parameters, "blacklistedActionPattern")
    found = statements_of(beside(bucket, BUCKET_POLICY))
    opening = first(found, lambda statement: _grants(statement, patterns))
    if opening:
        return non_compliant("The bucket policy grants others a forbidden action.", opening)
    return compliant("The bucket policy grants others no forbidden action.", read(bucket))


def _grants(statement: Property, patterns: tuple[str, ...]) -> bool:
    return all_of(
        lambda: allows(statement),
        lambda: covers_any(statement, patterns),
        lambda: any_of(lambda: admits_everyone(statement), lambda: _names_another_account(statement)),
    )


def _names_another_account(statement: Property) -> bool:
    principal = statement.get("Principal")
    named = principal.get("AWS").items() if isinstance(principal.known(), Mapping) else ()
    for name in named:
        raise Unresolved(f"Whether {name.text()} belongs to another account is not known", name)
    return False


RULES = (
    managed_rule(
        s3_bucket_policy_grantee_check,
        BUCKET,
        optional=("awsPrincipals", "federatedUsers", "servicePrincipals", "ipAddresses", "vpcIds"),
    ),
    managed_rule(s3_bucket_blacklisted_actions_prohibited, BUCKET, required=("blacklistedActionPattern",)),
)
