from __future__ import annotations

import csv
from typing import Any

import boto3


def handler(event: dict[str, Any], context: object) -> list[dict[str, Any]]:
    found = boto3.client("s3").get_object(Bucket=event["bucket"]["name"], Key=event["object"]["key"])
    return list(csv.DictReader(found["Body"].read().decode().splitlines()))
