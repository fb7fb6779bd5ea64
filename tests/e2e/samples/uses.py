"""What somebody does with each sample application, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.e2e.samples.sample import Sample
from tests.e2e.waiting import eventually


def notes(sample: Sample) -> Any:
    written = sample.call("PUT", "/Prod/notes/1", "milk")
    return written[0], sample.call("GET", "/Prod/notes/1")


def intake(sample: Sample) -> Any:
    for order in ({"id": "1", "kind": "book"}, {"id": "2", "kind": "broken"}):
        sample.call("POST", "/live/orders", json.dumps(order))
    eventually(lambda: len(sample.items(sample.outputs["Seen"])) == 2)
    return sorted((item["id"], item["from"]) for item in sample.items(sample.outputs["Seen"]))


def shouting(sample: Sample) -> Any:
    s3 = sample.client("s3")
    for key in ("some/hello.csv", "some/hello.txt"):
        s3.put_object(Bucket=sample.outputs["Said"], Key=key, Body=b"hello")
    shouted = sample.outputs["Shouted"]
    (found,) = eventually(lambda: s3.list_objects_v2(Bucket=shouted).get("Contents"))
    return found["Key"], s3.get_object(Bucket=shouted, Key=found["Key"])["Body"].read()


def clicks(sample: Sample) -> Any:
    records = [{"Data": page.encode(), "PartitionKey": page} for page in ("home", "home", "news")]
    sample.client("kinesis").put_records(StreamName=sample.outputs["Clicks"], Records=records)
    logs, group = sample.client("logs"), f"/aws/lambda/{sample.outputs['Tell']}"

    def told() -> list[str]:
        if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
            return []
        lines = [json.loads(event["message"]) for event in logs.filter_log_events(logGroupName=group)["events"]]
        return sorted(line["message"] for line in lines if line.get("level") == "INFO")

    eventually(lambda: len(told()) == 3)
    return told()


def inventory(sample: Sample) -> Any:
    uploaded = b"name,shelf\nlamp,A\nvase,B\n"
    sample.client("s3").put_object(Bucket=sample.outputs["Uploads"], Key="list.csv", Body=uploaded)
    eventually(lambda: len(sample.items(sample.outputs["Items"])) == 2)
    return sorted((item["name"], item["shelf"]) for item in sample.items(sample.outputs["Items"]))


def shipping(sample: Sample) -> Any:
    detail = {"parcel": "7"}
    entry = {"Source": "shipping", "EventBusName": sample.outputs["Bus"], "Detail": json.dumps(detail)}
    kinds = ("ParcelSent", "ParcelPacked", "ParcelLost")
    sample.client("events").put_events(Entries=[{**entry, "DetailType": kind} for kind in kinds])
    sqs = sample.client("sqs")
    queue = sqs.get_queue_url(QueueName=sample.outputs["Failed"])["QueueUrl"]
    (failed,) = eventually(lambda: sqs.receive_message(QueueUrl=queue).get("Messages"))
    told = json.loads(failed["Body"])
    return (
        sample.call("POST", "/live/ship"),
        told["requestPayload"]["detail-type"],
        told["responsePayload"]["errorMessage"],
    )


USES: Mapping[str, tuple[Callable[[Sample], Any], Any]] = {
    "notes": (notes, (201, (200, "milk"))),
    "intake": (intake, [("1", "Orders"), ("2", "Failed")]),
    "shouting": (shouting, ("some/hello.txt", b"HELLO")),
    "clicks": (clicks, ["INSERT home 1", "INSERT news 1", "MODIFY home 2"]),
    "inventory": (inventory, [("lamp", "A"), ("vase", "B")]),
    "shipping": (shipping, ((200, "shipped"), "ParcelLost", "lost 7")),
}
"""How each is used, and what comes of it."""
