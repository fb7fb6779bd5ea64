"""Resources whose properties are each set by a call of their own, and small shared helpers of providers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from workbench.local_aws.cloudformation.provider import Properties
from workbench.templates.functions import scalar_text

_GONE = ("NotFound", "NoSuch", "NonExistent", "DoesNotExist", "404")


@dataclass(frozen=True)
class Setting:
    """A property set by one call and unset by another; both get the client and the resource's name."""

    put: Callable[[Any, str, Any], object]
    remove: Callable[[Any, str], object]


def apply_settings(settings: Mapping[str, Setting], client: Any, name: str, old: Properties, new: Properties) -> None:
    """Sets what is new or changed and unsets what is gone."""
    for prop, setting in settings.items():
        before, after = old.get(prop), new.get(prop)
        if after == before:
            continue
        if after is None:
            setting.remove(client, name)
        else:
            setting.put(client, name, after)


@contextmanager
def gone_is_fine() -> Iterator[None]:
    """Deleting what is gone already is no error."""
    try:
        yield
    except ClientError as error:
        if not any(mark in error.response["Error"]["Code"] for mark in _GONE):
            raise


def pick(properties: Mapping[str, Any], *names: str, **renamed: str) -> dict[str, Any]:
    """The named properties that are there; `renamed` maps a property to the parameter of the API."""
    found = {name: properties[name] for name in names if properties.get(name) is not None}
    return {**found, **{to: properties[name] for name, to in renamed.items() if properties.get(name) is not None}}


def as_text(value: Any) -> Any:
    """The same value with every scalar as text, as CloudFormation hands some properties on."""
    if isinstance(value, Mapping):
        return {key: as_text(item) for key, item in value.items()}
    return [as_text(item) for item in value] if isinstance(value, list) else scalar_text(value)


def json_text(document: Any) -> str:
    """A policy or a pattern as text, whether the template holds a mapping or the text itself."""
    return document if isinstance(document, str) else json.dumps(document)


def attribute_text(value: Any) -> str:
    """A property that is a document or a scalar, as an attribute of SNS or SQS."""
    return json_text(value) if isinstance(value, dict) else scalar_text(value)


def truth(value: Any) -> bool:
    """A boolean property, which templates also write as text."""
    return scalar_text(value).lower() == "true"


def retagged(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Keys of tags that are to go."""
    return [key for key in old if key not in new]
