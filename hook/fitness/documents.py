"""Reading the product's own JSON files strictly.

Owns `Document`, a cursor that answers with typed values or raises `InvalidDocument` naming file and place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


class InvalidDocument(ValueError):
    """A snapshot or scorecard file is not what it must be; the message is one sentence naming file and place."""


@dataclass(frozen=True)
class Document:
    """A JSON value and where it stands."""

    value: Any
    source: str
    place: str = ""

    def error(self, message: str) -> InvalidDocument:
        return InvalidDocument(f"{self.source}: {self.place or 'the file'} {message}.")

    def __getitem__(self, key: str) -> Document:
        """The entry `key` of an object; null when it is absent."""
        if not isinstance(self.value, Mapping):
            raise self.error("must be an object")
        return Document(self.value.get(key), self.source, f"{self.place}.{key}" if self.place else key)

    def sequence(self) -> Sequence[Document]:
        if not isinstance(self.value, list):
            raise self.error("must be a list")
        return [Document(item, self.source, f"{self.place}[{index}]") for index, item in enumerate(self.value)]

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.error("must be text")
        return self.value

    def optional_text(self) -> str | None:
        return None if self.value is None else self.text()

    def choice(self, options: type[Choice]) -> Choice:
        value = self.text()
        if value not in [option.value for option in options]:
            raise self.error(f"must be one of {', '.join(options)}")
        return options(value)

    def optional_number(self) -> float | None:
        if self.value is None or (isinstance(self.value, int | float) and not isinstance(self.value, bool)):
            return self.value
        raise self.error("must be a number")

    def flag(self) -> bool:
        """A boolean, false when it is absent."""
        if not isinstance(self.value, bool | None):
            raise self.error("must be true or false")
        return bool(self.value)

    def time(self) -> datetime:
        try:
            return utc(datetime.fromisoformat(self.text()))
        except (ValueError, OverflowError):
            raise self.error("must be a time like 2026-11-22T10:05:00Z") from None

    def optional_time(self) -> datetime | None:
        return None if self.value is None else self.time()


def utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is taken as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with a `Z`, or None."""
    return None if moment is None else utc(moment).isoformat().replace("+00:00", "Z")


def parse(text: str, source: str) -> Document:
    """The object that `text` holds.

    Raises:
        InvalidDocument: it is not JSON, not an object, or of a version that this release cannot read.
    """
    try:
        document = Document(json.loads(text, parse_constant=_refuse), source)
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(f"{source}: not valid JSON: {error}.") from None
    if document["version"].value != 1:
        raise document["version"].error("must be 1, the only version there is")
    return document


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
