"""Entry point of FirstFunction: `POST /first` writes an item, `DELETE /first?id=...` removes it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from api import Answer, Event, Refusal, item_id, json_body, respond
from items import Item, Items, connect


def handler(event: Event, _context: object) -> dict[str, Any]:
    items = connect()
    write_now = partial(write, items=items, new_id=str(uuid4()), now=datetime.now(UTC))
    return respond(event, {"POST": write_now, "DELETE": partial(remove, items=items)})


def write(event: Event, items: Items, new_id: str, now: datetime) -> Answer:
    content = json_body(event)
    if set(content) != {"value"}:
        raise Refusal(HTTPStatus.BAD_REQUEST, "The body must have a value, and nothing else.")
    item = Item(new_id, content["value"], now.isoformat(timespec="milliseconds"))
    items.save(item)
    return Answer(HTTPStatus.CREATED, vars(item))


def remove(event: Event, items: Items) -> Answer:
    items.delete(item_id(event))
    return Answer(HTTPStatus.NO_CONTENT)
