"""Resources as AWS Config knows them: their compliance, and their timeline of configuration items. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from workbench.local_aws.console.rules import worst_first
from workbench.local_aws.console.tones import Tone, of_compliance

Key = tuple[str, str]
"""Config's resource type and resource id."""

Compliances = Mapping[Key, str]


@dataclass(frozen=True)
class Recorded:
    """A resource with its roll-up."""

    type: str
    id: str
    compliance: str

    @property
    def tone(self) -> Tone:
        return of_compliance(self.compliance)


@dataclass(frozen=True)
class Change:
    """What became of one property; a value is JSON, empty where there is none."""

    path: str
    before: str
    after: str


@dataclass(frozen=True)
class Moment:
    """A configuration item, and how it differs from the one before; without changes it is the first or the last."""

    at: datetime
    status: str
    changes: tuple[Change, ...]


def compliances(described: Iterable[Mapping[str, Any]]) -> Compliances:
    """`ComplianceByResources` by resource."""
    return {
        (each["ResourceType"], each["ResourceId"]): (each.get("Compliance") or {}).get("ComplianceType", "")
        for each in described
    }


def recorded(of: Compliances) -> tuple[Recorded, ...]:
    """The worst first."""
    found = [Recorded(kind, resource_id, compliance) for (kind, resource_id), compliance in of.items()]
    return tuple(sorted(found, key=lambda each: (worst_first(each.compliance), each.type, each.id)))


def timeline(items: Sequence[Mapping[str, Any]]) -> tuple[Moment, ...]:
    """`configurationItems`, oldest first, as moments, newest first."""
    first = [_moment(items[0], ())] if items else []
    later = [_moment(item, tuple(_changes(_state(before), _state(item)))) for before, item in pairwise(items)]
    return tuple(reversed([*first, *later]))


def current(items: Sequence[Mapping[str, Any]]) -> str:
    """The newest configuration, as readable JSON."""
    return json.dumps(_state(items[-1]), indent=2, ensure_ascii=False) if items else ""


def _moment(item: Mapping[str, Any], changes: tuple[Change, ...]) -> Moment:
    return Moment(item["configurationItemCaptureTime"], item["configurationItemStatus"], changes)


def _state(item: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration, and what belongs to the resource (a bucket's policy) beside it."""
    supplement = item.get("supplementaryConfiguration") or {}
    return {**_parsed(item.get("configuration")), **{name: _parsed(value) for name, value in supplement.items()}}


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value or {}
    try:
        return json.loads(value)
    except ValueError:
        return value


def _changes(before: Any, after: Any, path: str = "") -> Iterator[Change]:
    if before == after:
        return
    if not (isinstance(before, dict) and isinstance(after, dict)):
        yield Change(path, _written(before), _written(after))
        return
    for name in sorted({*before, *after}):
        yield from _changes(before.get(name), after.get(name), f"{path}.{name}" if path else name)


def _written(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
