"""Items: a record in the table, its value as a document in the bucket.

Owns where an item's parts are. The clients are arguments; `connect` makes the real ones from the environment.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3


@dataclass(frozen=True)
class Item:
    """What the API keeps; `value` is any JSON."""

    id: str
    value: Any
    created_at: str


@dataclass(frozen=True)
class Items:
    """The items in a table and a bucket."""

    dynamodb: Any
    s3: Any
    table: str
    bucket: str

    def save(self, item: Item) -> None:
        """The document comes first: a record always has its document."""
        self.s3.put_object(
            Bucket=self.bucket,
            Key=_document(item.id),
            Body=json.dumps(item.value).encode(),
            ContentType="application/json",
        )
        record = {"id": {"S": item.id}, "created_at": {"S": item.created_at}, "document": {"S": _document(item.id)}}
        self.dynamodb.put_item(TableName=self.table, Item=record)

    def load(self, item_id: str) -> Item | None:
        found = self.dynamodb.get_item(TableName=self.table, Key={"id": {"S": item_id}}, ConsistentRead=True)
        record = found.get("Item")
        if record is None:
            return None
        document = self.s3.get_object(Bucket=self.bucket, Key=record["document"]["S"])
        return Item(item_id, json.load(document["Body"]), record["created_at"]["S"])

    def delete(self, item_id: str) -> None:
        """Removing what is not there is no mistake."""
        self.dynamodb.delete_item(TableName=self.table, Key={"id": {"S": item_id}})
        self.s3.delete_object(Bucket=self.bucket, Key=_document(item_id))


@cache
def connect() -> Items:
    return Items(boto3.client("dynamodb"), boto3.client("s3"), os.environ["TABLE"], os.environ["BUCKET"])


def _document(item_id: str) -> str:
    return f"items/{item_id}.json"
