"""Names as CloudFormation gives them: physical ids, stack and change set ARNs."""

from __future__ import annotations

import secrets
import string
from uuid import uuid4

_ALPHABET = string.ascii_uppercase + string.digits


def random_suffix(length: int = 12) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def physical_name(stack_name: str, logical_id: str, max_length: int = 255, *, lower: bool = False) -> str:
    """`<stack>-<LogicalId>-<RANDOM>`, the first two shortened in fair shares where the service wants a short name."""
    suffix = random_suffix()
    room = max_length - len(suffix) - 2
    shared = min(len(logical_id), max(room // 2, room - len(stack_name)))
    name = f"{stack_name[: room - shared]}-{logical_id[:shared]}-{suffix}"
    return name.lower() if lower else name


def stack_arn(region: str, account: str, name: str) -> str:
    return f"arn:aws:cloudformation:{region}:{account}:stack/{name}/{uuid4()}"


def change_set_arn(region: str, account: str, name: str) -> str:
    return f"arn:aws:cloudformation:{region}:{account}:changeSet/{name}/{uuid4()}"
