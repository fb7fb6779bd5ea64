from __future__ import annotations

import json
import os
from typing import Any

import boto3


def work(event: dict[str, Any], context: object) -> None:
    seen = boto3.resource("dynamodb").Table(os.environ["SEEN"])
    for record in event["Records"]:
        order, came_from = json.loads(record["body"]), record["eventSourceARN"].split("-")[-2]
        if order["kind"] == "broken" and came_from != "Failed":
            raise ValueError(order)
        seen.put_item(Item={"id": order["id"], "from": came_from})
