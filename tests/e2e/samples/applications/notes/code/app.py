from __future__ import annotations

import os
from typing import Any

import boto3


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    notes = boto3.resource("dynamodb").Table(os.environ["NOTES"])
    key = {"id": event["pathParameters"]["id"]}
    if event["httpMethod"] == "PUT":
        notes.put_item(Item=key | {"text": event["body"]})
        return {"statusCode": 201}
    found = notes.get_item(Key=key).get("Item")
    return {"statusCode": 200, "body": found["text"]} if found else {"statusCode": 404}
