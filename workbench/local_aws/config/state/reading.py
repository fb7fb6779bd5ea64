"""Reading AWS without surprises: all pages, nothing where there is nothing, no empty properties."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from workbench.local_aws.member_names import upper_camel

_ABSENT = ("NotFound", "NoSuch", "DoesNotExist", "ResourceNotFound")


def pages(client: Any, operation: str, key: str, **parameters: Any) -> Iterator[Any]:
    """Every entry of a listing, whether botocore can paginate it or not."""
    if not client.can_paginate(operation):
        yield from getattr(client, operation)(**parameters).get(key) or ()
        return
    for page in client.get_paginator(operation).paginate(**parameters):
        yield from page.get(key) or ()


def found(call: Callable[..., Mapping[str, Any]], **parameters: Any) -> Mapping[str, Any]:
    """The answer of a call, empty when AWS says that there is no such thing."""
    try:
        return call(**parameters)
    except ClientError as error:
        code, status = error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
        if status == 404 or any(word in code for word in _ABSENT):
            return {}
        raise


def compact(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Without the properties that say nothing."""
    return {name: value for name, value in properties.items() if value is not None and value not in ({}, [], "")}


def picked(answer: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """These members of an answer, as far as they are there."""
    return compact({name: answer.get(name) for name in names})


def tag_list(tags: Mapping[str, str] | None) -> list[dict[str, str]]:
    """`{"team": "a"}` as CloudFormation writes tags."""
    return [{"Key": key, "Value": value} for key, value in sorted((tags or {}).items())]


def capitalised(value: Any) -> Any:
    """`{"logging": {"level": 1}}` -> `{"Logging": {"Level": 1}}`: as CloudFormation writes the names of other APIs."""
    if isinstance(value, Mapping):
        return {upper_camel(name): capitalised(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [capitalised(inner) for inner in value]
    return value
