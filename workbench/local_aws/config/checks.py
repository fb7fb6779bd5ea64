"""The offline checks of managed rules, as far as AWS Config here needs them; tests can give others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from workbench.resources import Resource


class ManagedRule(Protocol):
    """A rule: the CloudFormation types that it judges; `trigger` is `change`, `periodic` or `hybrid`."""

    @property
    def resource_types(self) -> tuple[str, ...]: ...
    @property
    def trigger(self) -> str: ...


class Finding(Protocol):
    """An answer; `verdict` is a compliance type of Config or `UNKNOWN`."""

    @property
    def verdict(self) -> str: ...
    @property
    def message(self) -> str: ...


@dataclass(frozen=True)
class Checks:
    """All managed rules by identifier, how one is judged, and how resources learn what surrounds them."""

    rules: Mapping[str, ManagedRule]
    evaluate: Callable[[str, Resource, Mapping[str, str]], Finding]
    surround: Callable[[Sequence[Resource]], Iterable[Resource]]
