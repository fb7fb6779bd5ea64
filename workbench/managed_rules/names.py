"""The many ways in which AWS writes one name: ids, ARNs, aliases.

Owns the comparison of a configured key with the keys that a rule's parameter allows.
"""

from __future__ import annotations

from workbench.managed_rules.properties import Property, Unresolved


def is_allowed_key(key: Property, allowed: tuple[str, ...]) -> bool:
    """Whether the key is in the list, however either is written; True without a list.

    An alias that the list does not hold may still stand for a key that it does: that is not known offline.
    """
    if not allowed:
        return True
    configured = key.text()
    if any(same_key(configured, candidate) for candidate in allowed):
        return True
    if is_customer_alias(configured) or (configured and any(is_customer_alias(candidate) for candidate in allowed)):
        raise Unresolved(
            f"{key.name} is {configured}: which of the key and its aliases the list means is not known", key
        )
    return False


def same_key(one: str, other: str) -> bool:
    return one == other or (short_key(one) == short_key(other) and not (is_arn(one) and is_arn(other)))


def short_key(key: str) -> str:
    """`arn:aws:kms:eu-west-1:111122223333:key/1234` -> `1234`; an alias keeps its `alias/`."""
    return key.split(":", 5)[-1].removeprefix("key/") if is_arn(key) else key


def is_customer_alias(key: str) -> bool:
    return short_key(key).startswith("alias/") and not short_key(key).startswith("alias/aws/")


def is_arn(name: str) -> bool:
    return name.startswith("arn:")


def last_segment(name: str) -> str:
    """`arn:aws:iam::111122223333:role/service/worker` -> `worker`."""
    return name.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
