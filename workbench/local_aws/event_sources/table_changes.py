"""Streams of tables that tell each change once: moto tells an update of a new item as two inserts, the first empty."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import StreamShard


class _Updating(threading.local):
    """What the update of this thread has told so far; None outside of one."""

    told: list[tuple[Any, Any, Any]] | None = None


@contextmanager
def told_once() -> Iterator[None]:
    """While it lasts, only the end of an update is told."""
    update_item, add, updating = DynamoDBBackend.update_item, StreamShard.add, _Updating()

    def update(self: Any, *args: Any, **kwargs: Any) -> Any:
        told: list[tuple[Any, Any, Any]] = []
        updating.told = told
        try:
            return update_item(self, *args, **kwargs)
        finally:
            updating.told = None
            for shard, old, new in told[-1:]:
                add(shard, old, new)

    def tell(self: Any, old: Any, new: Any) -> None:
        if updating.told is None:
            add(self, old, new)
        else:
            updating.told.append((self, old, new))

    DynamoDBBackend.update_item, StreamShard.add = update, tell
    try:
        yield
    finally:
        DynamoDBBackend.update_item, StreamShard.add = update_item, add
