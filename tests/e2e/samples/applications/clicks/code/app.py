from __future__ import annotations

import base64
import os
from typing import Any

import boto3


def handler(event: dict[str, Any], context: object) -> None:
    counts = boto3.resource("dynamodb").Table(os.environ["COUNTS"])
    for record in event["Records"]:
        page = base64.b64decode(record["kinesis"]["data"]).decode()
        counts.update_item(
            Key={"page": page}, UpdateExpression="ADD clicks :one", ExpressionAttributeValues={":one": 1}
        )
