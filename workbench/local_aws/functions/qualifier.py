"""Which version of a function an invocation reaches: by name or ARN, by version or alias, by the alias' weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moto.awslambda.exceptions import UnknownAliasException, UnknownFunctionException

from workbench.local_aws.service import AwsError


@dataclass(frozen=True)
class Found:
    """A function record, and the ARN by which it was invoked."""

    record: Any
    invoked_arn: str


def resolve(backend: Any, name: str, qualifier: str | None, dice: Callable[[], float]) -> Found:
    """Raises `AwsError` when there is no such function, version or alias."""
    name, qualifier = split(name, qualifier)
    try:
        record = backend.get_function(name, qualifier)
        if qualifier and qualifier != "$LATEST" and not qualifier.isdigit():
            record = backend.get_function(name, _weighted(backend.get_alias(qualifier, name), dice))
    except (UnknownFunctionException, UnknownAliasException) as error:
        raise AwsError("ResourceNotFoundException", error.message, 404) from error
    arn = ":".join(record.function_arn.split(":")[:7])
    return Found(record, f"{arn}:{qualifier}" if qualifier else arn)


def split(name: str, qualifier: str | None) -> tuple[str, str | None]:
    """Name and qualifier of any way to name a function: `name`, `name:alias`, `account:function:name`, an ARN."""
    parts = name.split(":")
    if "function" in parts[:-1]:
        parts = parts[parts.index("function") + 1 :]
    return parts[0], qualifier or (parts[1] if len(parts) > 1 else None)


def _weighted(alias: Any, dice: Callable[[], float]) -> str:
    """The alias' version, or one of its additional versions in proportion to their weights."""
    remaining = dice()
    for version, weight in ((alias.routing_config or {}).get("AdditionalVersionWeights") or {}).items():
        remaining -= weight
        if remaining < 0:
            return str(version)
    return str(alias.function_version)
