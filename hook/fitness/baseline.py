"""The scorecard of the last accepted state, as far as a later judgement needs it.

Owns `Baseline` and reading it from a scorecard file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fitness.documents import Document, InvalidDocument, parse
from fitness.model import Status


class InvalidBaseline(InvalidDocument):
    """A baseline file cannot be read; the message names file and place."""


@dataclass(frozen=True)
class KnownResource:
    """A resource as the baseline had it."""

    type: str
    updated_at: datetime | None


@dataclass(frozen=True)
class Baseline:
    """What was true when the stack was last accepted; `statuses` by (rule id, logical path)."""

    taken_at: datetime
    fitness: float | None
    resources: Mapping[str, KnownResource]
    statuses: Mapping[tuple[str, str], Status]

    def known(self, rule: str, resource: str) -> Status | None:
        """COMPLIANT or NON_COMPLIANT if the baseline knew the pair as one of them."""
        status = self.statuses.get((rule, resource))
        return status if status in (Status.COMPLIANT, Status.NON_COMPLIANT) else None

    def precedes(self, path: str, moment: datetime | None) -> bool:
        """Whether a resource last updated at `moment` is newer than the baseline's, or was not there."""
        if path not in self.resources:
            return True
        then = self.resources[path].updated_at or self.taken_at
        return moment is not None and moment > then


def from_json(text: str, source: str) -> Baseline:
    """The baseline that a scorecard file holds.

    Raises:
        InvalidBaseline: the file is not a scorecard of version 1.
    """
    try:
        return _baseline(parse(text, source))
    except InvalidDocument as error:
        raise InvalidBaseline(str(error)) from None


def _baseline(document: Document) -> Baseline:
    return Baseline(
        taken_at=document["taken_at"].time(),
        fitness=document["fitness"].optional_number(),
        resources={item["path"].text(): _known_resource(item) for item in document["resources"].sequence()},
        statuses={
            (item["rule"].text(), item["resource"].text()): item["status"].choice(Status)
            for item in document["pairs"].sequence()
        },
    )


def _known_resource(item: Document) -> KnownResource:
    return KnownResource(item["type"].text(), item["updated_at"].optional_time())
