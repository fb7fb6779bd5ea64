"""Amazon Kinesis: data streams."""

from __future__ import annotations

from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick

_DAY = 24


def _create(properties: Properties, context: Context) -> Physical:
    kinesis = context.client("kinesis")
    name = properties.get("Name") or context.name(128)
    mode = properties.get("StreamModeDetails")
    shards = None if mode and mode.get("StreamMode") == "ON_DEMAND" else properties.get("ShardCount", 1)
    call(kinesis, "create_stream", StreamName=name, ShardCount=shards, StreamModeDetails=mode)
    context.exists(name)
    _configure(kinesis, name, {}, properties)
    _tag(kinesis, name, {}, context.tag_map(properties))
    return _stream(name, context)


def _update(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    kinesis = context.client("kinesis")
    arn = context.arn("kinesis", f"stream/{name}")
    if old.get("StreamModeDetails") != new.get("StreamModeDetails"):
        mode = new.get("StreamModeDetails") or {"StreamMode": "PROVISIONED"}
        kinesis.update_stream_mode(StreamARN=arn, StreamModeDetails=mode)
    if old.get("ShardCount") != new.get("ShardCount") and "ShardCount" in new:
        call(
            kinesis,
            "update_shard_count",
            StreamName=name,
            TargetShardCount=new["ShardCount"],
            ScalingType="UNIFORM_SCALING",
        )
    _configure(kinesis, name, old, new)
    current = {tag["Key"]: tag["Value"] for tag in kinesis.list_tags_for_stream(StreamName=name)["Tags"]}
    _tag(kinesis, name, current, context.tag_map(new))
    return _stream(name, context)


def _delete(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("kinesis").delete_stream(StreamName=name, EnforceConsumerDeletion=True)


def _configure(kinesis: Any, name: str, old: Properties, new: Properties) -> None:
    before, after = int(old.get("RetentionPeriodHours", _DAY)), int(new.get("RetentionPeriodHours", _DAY))
    if after > before:
        kinesis.increase_stream_retention_period(StreamName=name, RetentionPeriodHours=after)
    elif after < before:
        kinesis.decrease_stream_retention_period(StreamName=name, RetentionPeriodHours=after)
    was, wanted = old.get("StreamEncryption"), new.get("StreamEncryption")
    if was and was != wanted:
        kinesis.stop_stream_encryption(StreamName=name, **pick(was, "EncryptionType", "KeyId"))
    if wanted and was != wanted:
        kinesis.start_stream_encryption(StreamName=name, **pick(wanted, "EncryptionType", "KeyId"))


def _tag(kinesis: Any, name: str, current: dict[str, str], wanted: dict[str, str]) -> None:
    gone = [key for key in current if key not in wanted]
    if gone:
        kinesis.remove_tags_from_stream(StreamName=name, TagKeys=gone)
    if wanted and wanted != current:
        kinesis.add_tags_to_stream(StreamName=name, Tags=wanted)


def _stream(name: str, context: Context) -> Physical:
    return Physical(name, {"Arn": context.arn("kinesis", f"stream/{name}")})


PROVIDERS = {
    "AWS::Kinesis::Stream": Provider(
        _create,
        _update,
        _delete,
        replaces=frozenset({"Name"}),
        held=frozenset({"Name", "RetentionPeriodHours", "ShardCount", "StreamEncryption", "StreamModeDetails", "Tags"}),
        tagged=True,
    ),
}
