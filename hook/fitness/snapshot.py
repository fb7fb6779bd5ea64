"""All the facts read from AWS at one moment.

Owns `Snapshot` and its JSON file. Judges nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from fitness.documents import Document, InvalidDocument, iso, parse
from fitness.model import STACK_TYPE, Cause, ConfigRule, Evaluation, Failure, Resource, Status


class InvalidSnapshot(InvalidDocument):
    """A snapshot file cannot be read; the message names file and place."""


@dataclass(frozen=True)
class Snapshot:
    """What AWS said of one stack.

    `stack_updated_at` is the start of the stack's last create or update. The stack itself is one of `resources`.
    `unrecorded` are the logical paths of those that AWS Config does not hold in its inventory, as far as it was asked:
    where it has no row of a rule that follows changes.
    """

    stack: str
    stack_id: str
    account: str
    region: str
    taken_at: datetime
    stack_updated_at: datetime | None
    resources: tuple[Resource, ...]
    config_rules: tuple[ConfigRule, ...]
    evaluations: tuple[Evaluation, ...]
    failures: tuple[Failure, ...] = ()
    unrecorded: tuple[str, ...] = ()

    def is_stack(self, resource: Resource) -> bool:
        return resource.type == STACK_TYPE and resource.physical_id == self.stack_id

    def changed_at(self, resource: Resource) -> datetime | None:
        """When the resource changed in the stack's last update; None if it did not."""
        if self.stack_updated_at is None:
            return None
        if self.is_stack(resource):
            return max(self.stack_updated_at, resource.updated_at or self.stack_updated_at)
        changed = resource.updated_at is not None and resource.updated_at >= self.stack_updated_at
        return resource.updated_at if changed else None


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot file's content, ready for `json.dumps`."""
    plain = _plain(asdict(snapshot))
    if not snapshot.unrecorded:
        del plain["unrecorded"]
    return {"version": 1, **plain}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def from_json(text: str, source: str) -> Snapshot:
    """The snapshot that a file holds.

    Raises:
        InvalidSnapshot: the file is not a snapshot of version 1.
    """
    try:
        return _snapshot(parse(text, source))
    except InvalidDocument as error:
        raise InvalidSnapshot(str(error)) from None


def _snapshot(document: Document) -> Snapshot:
    return Snapshot(
        stack=document["stack"].text(),
        stack_id=document["stack_id"].text(),
        account=document["account"].text(),
        region=document["region"].text(),
        taken_at=document["taken_at"].time(),
        stack_updated_at=document["stack_updated_at"].optional_time(),
        resources=tuple(_resource(item) for item in document["resources"].sequence()),
        config_rules=tuple(_config_rule(item) for item in document["config_rules"].sequence()),
        evaluations=tuple(_evaluation(item) for item in document["evaluations"].sequence()),
        failures=tuple(_failure(item) for item in _optional(document["failures"])),
        unrecorded=tuple(item.text() for item in _optional(document["unrecorded"])),
    )


def _optional(document: Document) -> tuple[Document, ...]:
    return () if document.value is None else tuple(document.sequence())


def _resource(item: Document) -> Resource:
    return Resource(
        item["path"].text(), item["type"].text(), item["physical_id"].text(), item["updated_at"].optional_time()
    )


def _config_rule(item: Document) -> ConfigRule:
    return ConfigRule(
        name=item["name"].text(),
        path=item["path"].optional_text(),
        last_successful_evaluation_at=item["last_successful_evaluation_at"].optional_time(),
        last_error_code=item["last_error_code"].optional_text(),
        last_error_message=item["last_error_message"].optional_text(),
        first_evaluation_started=item["first_evaluation_started"].flag(),
    )


def _evaluation(item: Document) -> Evaluation:
    return Evaluation(
        resource=item["resource"].text(),
        config_rule=item["config_rule"].text(),
        compliance=item["compliance"].choice(Status),
        mode=item["mode"].optional_text() or "DETECTIVE",
        ordering_at=item["ordering_at"].optional_time(),
        invoked_at=item["invoked_at"].optional_time(),
        recorded_at=item["recorded_at"].optional_time(),
        annotation=item["annotation"].optional_text(),
    )


def _failure(item: Document) -> Failure:
    return Failure(item["resource"].text(), item["cause"].choice(Cause), item["message"].optional_text() or "")
