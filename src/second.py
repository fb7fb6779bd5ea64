"""Entry point of SecondFunction: `GET /second?id=...` reads an item."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any

from api import Answer, Event, Refusal, item_id, respond
from items import Items, connect


def handler(event: Event, _context: object) -> dict[str, Any]:
    return respond(event, {"GET": partial(read, items=connect())})


def read(event: Event, items: Items) -> Answer:
    item = items.load(item_id(event))
    if item is None:
        raise Refusal(HTTPStatus.NOT_FOUND, "There is no item with this id.")
    return Answer(HTTPStatus.OK, vars(item))
