"""Kinesis: data streams."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, found, pages
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("kinesis")
    for name in pages(client, "list_streams", "StreamNames"):
        stream = found(client.describe_stream_summary, StreamName=name).get("StreamDescriptionSummary") or {}
        encryption = {"EncryptionType": stream.get("EncryptionType"), "KeyId": stream.get("KeyId")}
        is_encrypted = stream.get("EncryptionType") == "KMS"
        properties = {
            "Name": name,
            "RetentionPeriodHours": stream.get("RetentionPeriodHours"),
            "ShardCount": stream.get("OpenShardCount"),
            "StreamModeDetails": stream.get("StreamModeDetails"),
            "StreamEncryption": compact(encryption) if is_encrypted else None,
        }
        yield Resource(
            name, "AWS::Kinesis::Stream", name, compact(properties), compact({"Arn": stream.get("StreamARN")})
        )
