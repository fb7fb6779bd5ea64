"""Resource-based policies: whom a statement admits, and what it takes to call that public.

Owns the one definition of "public" that buckets, queues, topics, keys and functions share. A statement is public when
it allows an action to everyone and no condition limits it to fixed values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from functools import cache
from ipaddress import IPv4Network, ip_network

from workbench.managed_rules.properties import Property, Unresolved, all_of, first

FixedValue = Callable[[str], bool]

LIMITING_OPERATORS = {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress"}
LIMITING_KEYS = {
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
}
PRIVATE_RANGES = tuple(IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
EVERY_ACTION: tuple[str, ...] = ("*",)


def statements(*documents: Property) -> tuple[Property, ...]:
    """All statements of these documents; whatever is not known stands for one statement that is not."""
    return tuple(statement for document in documents for statement in _statements(document))


def _statements(document: Property) -> tuple[Property, ...]:
    try:
        return document.document().get("Statement").items()
    except Unresolved as gap:
        return (gap.where or document,)


def statements_of(policies: Iterable[Property]) -> tuple[Property, ...]:
    """All statements in the `PolicyDocument` of these resources."""
    return statements(*(policy.get("PolicyDocument") for policy in policies))


def first_public(
    candidates: Iterable[Property], actions: tuple[str, ...] = EVERY_ACTION, fixed: FixedValue | None = None
) -> Property | None:
    """The first statement that opens one of the actions to everyone.

    `actions` are patterns such as `s3:Get*`; `fixed` says whether a condition's value is a fixed one.
    """
    return first(candidates, lambda statement: is_public(statement, actions, fixed or is_fixed))


def is_public(statement: Property, actions: tuple[str, ...], fixed: FixedValue) -> bool:
    return all_of(
        lambda: allows(statement),
        lambda: admits_everyone(statement),
        lambda: covers_any(statement, actions),
        lambda: not is_limited(statement.get("Condition"), fixed),
    )


def allows(statement: Property) -> bool:
    return statement.get("Effect").text() == "Allow"


def admits_everyone(statement: Property) -> bool:
    principal = statement.get("Principal")
    if principal.known() is None:
        return statement.get("NotPrincipal").is_set
    if isinstance(principal.known(), str):
        return not is_fixed(principal.text())
    holders = [holder for _, kind in principal.entries() for holder in kind.items()]
    return first(holders, lambda holder: not is_fixed(holder.text())) is not None


def covers_any(statement: Property, patterns: tuple[str, ...]) -> bool:
    """Whether the statement's actions overlap with one of the patterns."""
    excluded = statement.get("NotAction")
    if excluded.known() is not None:
        return not all(covered_by(excluded, pattern) for pattern in patterns)
    actions = statement.get("Action").items()
    return (
        first(actions, lambda action: any(overlap(action.text().lower(), pattern.lower()) for pattern in patterns))
        is not None
    )


def covered_by(actions: Property, pattern: str) -> bool:
    """Whether one of the actions takes in everything that the pattern names."""
    return first(actions.items(), lambda action: matches(pattern, action.text())) is not None


@cache
def overlap(one: str, other: str) -> bool:
    """Whether two lower-case patterns can name the same thing."""
    if not one or not other:
        return not (one + other).strip("*")
    if one[0] == "*":
        return overlap(one[1:], other) or overlap(one, other[1:])
    if other[0] == "*":
        return overlap(other, one)
    return (one[0] == other[0] or "?" in (one[0], other[0])) and overlap(one[1:], other[1:])


def matches(name: str, pattern: str) -> bool:
    return fnmatchcase(name.lower(), pattern.lower())


def is_limited(condition: Property, fixed: FixedValue) -> bool:
    """Whether a condition admits only callers with fixed values of a key that identifies them."""
    tests = [(operator, key, values) for operator, keys in condition.entries() for key, values in keys.entries()]
    return first(tests, lambda test: _limits(*test, fixed)) is not None


def _limits(operator: str, key: str, values: Property, fixed: FixedValue) -> bool:
    # ForAllValues: and ...IfExists also hold when the key is absent, so they limit nobody.
    if operator.lower().removeprefix("foranyvalue:") not in LIMITING_OPERATORS or key.lower() not in LIMITING_KEYS:
        return False
    accepts = is_narrow_range if key.lower() == "aws:sourceip" else fixed
    return values.is_set and first(values.items(), lambda value: not accepts(value.text())) is None


def is_fixed(value: str) -> bool:
    """A value without wildcards and policy variables."""
    return value != "" and not any(sign in value for sign in ("*", "?", "${"))


def is_fixed_for_s3(value: str) -> bool:
    """S3 also takes a value with a wildcard as fixed when its beginning, or an ARN's account, is fixed."""
    if is_fixed(value) or "${" in value:
        return is_fixed(value)
    if value.startswith("arn:"):
        service_and_account = value.split(":")[2:5:2]
        return len(service_and_account) == 2 and all(map(is_fixed, service_and_account))
    return value[:1] not in ("", "*", "?") and not value.startswith("ARO")  # role sessions: anyone may name theirs so


def is_narrow_range(value: str) -> bool:
    """An address range that is private, or no broader than /8 (IPv6: /32)."""
    try:
        network = ip_network(value, strict=False)
    except ValueError:
        return False
    if isinstance(network, IPv4Network):
        return network.prefixlen >= 8 or any(network.subnet_of(private) for private in PRIVATE_RANGES)
    return network.prefixlen >= 32


def denies_plain_http(statement: Property, resources: tuple[str, ...], every_action: tuple[str, ...]) -> bool:
    """Whether the statement denies everyone every action on all these resources when the request is not TLS."""
    return all_of(
        lambda: statement.get("Effect").text() == "Deny",
        lambda: statement.get("Principal").is_set and admits_everyone(statement),
        lambda: any(covered_by(statement.get("Action"), action) for action in every_action),
        lambda: all(covered_by(statement.get("Resource"), resource) for resource in resources),
        lambda: _only_without_tls(statement.get("Condition")),
    )


def _only_without_tls(condition: Property) -> bool:
    tests = [(operator, key, values) for operator, keys in condition.entries() for key, values in keys.entries()]
    if len(tests) != 1:  # a second condition leaves some plain requests through
        return False
    operator, key, value = tests[0]
    if operator.lower() not in ("bool", "boolifexists") or key.lower() != "aws:securetransport":
        return False
    return [item.text().lower() for item in value.items()] == ["false"]
