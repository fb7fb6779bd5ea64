"""Rules of the catalogue: what is judged, what it weighs, and which resources it applies to.

Owns `Rule`, `Category` and `Criticality`. Weights are exact fractions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from fractions import Fraction

from fitness.model import Enforcement, Resource


class Frequency(StrEnum):
    """MaximumExecutionFrequency of a periodic Config rule."""

    ONE_HOUR = "One_Hour"
    THREE_HOURS = "Three_Hours"
    SIX_HOURS = "Six_Hours"
    TWELVE_HOURS = "Twelve_Hours"
    TWENTY_FOUR_HOURS = "TwentyFour_Hours"


@dataclass(frozen=True)
class Category:
    """A group of rules; `minimum` is the floor of its fitness, if it has one."""

    id: str
    title: str
    weight: Fraction
    minimum: Fraction | None


@dataclass(frozen=True)
class Criticality:
    """A resource's share inside each rule; an absent pattern matches everything."""

    resource: str | None
    type: str | None
    factor: Fraction

    def covers(self, resource: Resource) -> bool:
        path_fits = self.resource is None or fnmatchcase(resource.path, self.resource)
        return path_fits and self.type in (None, resource.type)


@dataclass(frozen=True)
class Rule:
    """One entry of the catalogue.

    `weight` is the rule's own or its severity's, before the category's weight. Exactly one of `managed` (identifier
    of a managed Config rule) and `function` (logical id of a custom rule's Lambda function) is given.
    """

    id: str
    title: str
    category: str
    severity: str
    weight: Fraction
    enforcement: Enforcement
    managed: str | None
    function: str | None
    resource_types: tuple[str, ...]
    parameters: Mapping[str, str]
    frequency: Frequency | None
    exclude: tuple[str, ...]
    match: tuple[str, ...]
    remediation: str | None

    @property
    def logical_id(self) -> str:
        """Logical id of its Config rule: `s3-bucket-ssl-requests-only` is `S3BucketSslRequestsOnly`."""
        return "".join(part.capitalize() for part in self.id.split("-"))

    def applies_to(self, resource: Resource) -> bool:
        excluded = any(fnmatchcase(resource.path, pattern) for pattern in self.exclude)
        return resource.type in self.resource_types and not excluded
