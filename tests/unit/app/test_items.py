"""Where the sample API keeps the parts of an item."""

from __future__ import annotations

from io import BytesIO

import pytest
from botocore.exceptions import ClientError
from botocore.response import StreamingBody
from botocore.stub import Stubber

from items import Item, Items

ITEM = Item("an-id", {"a": 1}, "2026-11-22T10:05:00.000+00:00")
RECORD = {
    "id": {"S": "an-id"},
    "created_at": {"S": "2026-11-22T10:05:00.000+00:00"},
    "document": {"S": "items/an-id.json"},
}
KEY = {"TableName": "table", "Key": {"id": {"S": "an-id"}}}
DOCUMENT = {"Bucket": "bucket", "Key": "items/an-id.json"}


@pytest.fixture
def items(dynamodb: Stubber, s3: Stubber) -> Items:
    return Items(dynamodb.client, s3.client, "table", "bucket")


def test_an_item_is_a_document_and_a_record(items: Items, dynamodb: Stubber, s3: Stubber) -> None:
    s3.add_response("put_object", {}, {**DOCUMENT, "Body": b'{"a": 1}', "ContentType": "application/json"})
    dynamodb.add_response("put_item", {}, {"TableName": "table", "Item": RECORD})
    items.save(ITEM)


def test_a_document_that_cannot_be_written_leaves_no_record(items: Items, s3: Stubber) -> None:
    s3.add_client_error("put_object", "AccessDenied")
    with pytest.raises(ClientError):
        items.save(ITEM)


def test_an_item_is_read_from_both(items: Items, dynamodb: Stubber, s3: Stubber) -> None:
    dynamodb.add_response("get_item", {"Item": RECORD}, {**KEY, "ConsistentRead": True})
    s3.add_response("get_object", {"Body": StreamingBody(BytesIO(b'{"a": 1}'), 8)}, DOCUMENT)
    assert items.load("an-id") == ITEM


def test_an_item_without_a_record_does_not_exist(items: Items, dynamodb: Stubber) -> None:
    dynamodb.add_response("get_item", {}, {**KEY, "ConsistentRead": True})
    assert items.load("an-id") is None


def test_an_item_is_removed_from_both(items: Items, dynamodb: Stubber, s3: Stubber) -> None:
    dynamodb.add_response("delete_item", {}, KEY)
    s3.add_response("delete_object", {}, DOCUMENT)
    items.delete("an-id")
