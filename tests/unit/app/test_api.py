"""What a caller of the sample API gets."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

import api
import first
import second
from items import Item

NOW = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
ID = "6f2d3c1e-0000-4000-8000-1234567890ab"
ITEM = {"id": ID, "value": {"a": 1}, "created_at": "2026-11-22T10:05:00.000+00:00"}


@dataclass
class Memory:
    """Items that live as long as the test."""

    items: dict[str, Item] = field(default_factory=dict)

    def save(self, item: Item) -> None:
        self.items[item.id] = item

    def load(self, item_id: str) -> Item | None:
        return self.items.get(item_id)

    def delete(self, item_id: str) -> None:
        self.items.pop(item_id, None)


def call(memory: Memory, method: str, body: str | None = None, item_id: str | None = None, **more: Any) -> Any:
    """Status and content of the answer of the function that has the method."""
    write, remove = partial(first.write, items=memory, new_id=ID, now=NOW), partial(first.remove, items=memory)
    actions = {"POST": write, "DELETE": remove, "GET": partial(second.read, items=memory)}
    query = {"id": item_id} if item_id else None
    answer = api.respond({"httpMethod": method, "body": body, "queryStringParameters": query, **more}, actions)
    return answer["statusCode"], json.loads(answer["body"] or "null")


def test_what_is_written_can_be_read() -> None:
    memory = Memory()
    assert call(memory, "POST", '{"value": {"a": 1}}') == (201, ITEM)
    assert call(memory, "GET", item_id=ID) == (200, ITEM)


def test_what_is_removed_is_gone() -> None:
    memory = Memory({ID: Item(**ITEM)})
    assert call(memory, "DELETE", item_id=ID) == (204, None)
    assert call(memory, "GET", item_id=ID) == (404, {"error": "There is no item with this id."})


def test_removing_twice_is_no_mistake() -> None:
    assert call(Memory(), "DELETE", item_id=ID) == (204, None)


def test_a_body_may_come_in_base64() -> None:
    body = base64.b64encode(b'{"value": null}').decode()
    status, item = call(Memory(), "POST", body, isBase64Encoded=True)
    assert (status, item["value"]) == (201, None)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param(None, "The body must be JSON.", id="nothing"),
        pytest.param("{", "The body must be JSON.", id="half an object"),
        pytest.param("[1]", "The body must be a JSON object.", id="a list"),
        pytest.param("{}", "The body must have a value, and nothing else.", id="no value"),
        pytest.param('{"value": 1, "x": 2}', "The body must have a value, and nothing else.", id="more than a value"),
    ],
)
def test_a_bad_body_is_refused_with_its_reason(body: str | None, message: str) -> None:
    memory = Memory()
    assert call(memory, "POST", body) == (400, {"error": message})
    assert memory.items == {}


def test_a_body_that_is_not_base64_is_refused() -> None:
    assert call(Memory(), "POST", "{}", isBase64Encoded=True) == (400, {"error": "The body must be JSON."})


@pytest.mark.parametrize("item_id", [None, "x", "../secret"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_id_that_no_item_can_have_is_refused(method: str, item_id: str | None) -> None:
    message = "The query string must have the id of an item."
    assert call(Memory(), method, item_id=item_id) == (400, {"error": message})


def test_another_method_is_refused_with_those_allowed() -> None:
    answer = api.respond({"httpMethod": "PATCH"}, {"POST": first.write, "DELETE": first.remove})
    assert (answer["statusCode"], answer["headers"]["Allow"]) == (405, "POST, DELETE")
    assert json.loads(answer["body"]) == {"error": "The method must be POST or DELETE."}


def test_every_answer_is_logged_with_its_status(caplog: pytest.LogCaptureFixture) -> None:
    call(Memory(), "POST", "{", path="/first")
    (record,) = caplog.records
    assert vars(record).items() >= {"method": "POST", "path": "/first", "status": 400}.items()


def test_a_crash_stays_a_crash() -> None:
    with pytest.raises(ZeroDivisionError):
        api.respond({"httpMethod": "GET"}, {"GET": lambda _: 1 // 0})
