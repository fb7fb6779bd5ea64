"""What Lambda does with a stream: reads each shard in order, and does not go on before a batch is done with.

A batch that fails is tried again until it succeeds, has been tried often enough, or is too old; then it is told to the
destination for failures and left behind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.dynamodb.models import dynamodb_backends
from moto.kinesis.models import kinesis_backends

from workbench.local_aws.event_sources.discarded import Discarded, tell_discarded
from workbench.local_aws.event_sources.filters import matches
from workbench.local_aws.event_sources.mapping import EventSourceMapping, is_kept
from workbench.local_aws.event_sources.polling import Poller
from workbench.local_aws.event_sources.queues import reported
from workbench.local_aws.event_sources.shapes import stream_record, table_record

_LONGEST_BACKOFF = 60.0
_WITHOUT_END = -1


@dataclass(frozen=True)
class Entry:
    """A record of a shard: where it stands, when it came, what the function is given."""

    sequence: int
    arrived: float
    record: Mapping[str, Any]


@dataclass(frozen=True)
class Shard:
    """A shard of a stream. `after` gives the entries that follow a sequence number, oldest first.

    Attributes:
        start: the sequence number before its first record.
        newest: that of its last record, or `start`.
    """

    id: str
    start: int
    newest: int
    after: Callable[[int], Iterable[Entry]]


def shards(mapping: EventSourceMapping) -> list[Shard]:
    """Of the mapping's stream; none when it is gone."""
    return _table_shards(mapping) if mapping.service == "dynamodb" else _stream_shards(mapping)


def start(mapping: EventSourceMapping) -> None:
    """Puts the positions to where the mapping starts."""
    from_the_end = mapping.settings.get("StartingPosition") == "LATEST"
    mapping.positions.update({shard.id: shard.newest if from_the_end else shard.start for shard in shards(mapping)})


def waiting_in_shard(mapping: EventSourceMapping, shard: Shard) -> bool:
    return shard.newest > mapping.positions.get(shard.id, shard.start)


def poll_shard(mapping: EventSourceMapping, shard: Shard, poller: Poller) -> None:
    """Takes one batch, and tries it until it is done with or the poller is to end."""
    poller.wait(mapping.setting("MaximumBatchingWindowInSeconds"))
    entries = islice(shard.after(mapping.positions.get(shard.id, shard.start)), mapping.setting("BatchSize"))
    batch = list(entries)
    wanted = [each for each in batch if matches(mapping.setting("FilterCriteria"), each.record, mapping.service)]
    if not wanted or _deliver(mapping, shard, poller, wanted):
        mapping.positions[shard.id] = batch[-1].sequence


def _deliver(mapping: EventSourceMapping, shard: Shard, poller: Poller, wanted: Sequence[Entry]) -> bool:
    """Whether the batch is done with; what went well of it stays so."""
    for attempt in count(1):
        left = _left(mapping, poller, wanted)
        if not left:
            return True
        mapping.positions[shard.id] = left[0].sequence - 1
        if _is_given_up(mapping, left, attempt):
            tell_discarded(
                mapping, poller, Discarded(shard.id, [(each.sequence, each.arrived) for each in left], attempt)
            )
            return True
        if mapping.setting("BisectBatchOnFunctionError") and len(left) > 1:
            half = len(left) // 2
            return all(_deliver(mapping, shard, poller, part) for part in (left[:half], left[half:]))
        poller.wait(min(2.0**attempt, _LONGEST_BACKOFF))
        if poller.closing.is_set() or not mapping.enabled or not is_kept(mapping):
            return False
        wanted = left
    raise AssertionError("attempts never end")


def _left(mapping: EventSourceMapping, poller: Poller, wanted: Sequence[Entry]) -> Sequence[Entry]:
    """Invokes the function; what is to be tried again: from the first record on that it failed on."""
    outcome = poller.invoke(mapping, [each.record for each in wanted])
    if outcome is None or outcome.failed:
        return wanted
    failed = reported(mapping, outcome.payload, {str(each.sequence) for each in wanted})
    first = next((place for place, each in enumerate(wanted) if str(each.sequence) in failed), len(wanted))
    return wanted[first:]


def _is_given_up(mapping: EventSourceMapping, left: Sequence[Entry], attempts: int) -> bool:
    most, oldest = int(mapping.setting("MaximumRetryAttempts")), float(mapping.setting("MaximumRecordAgeInSeconds"))
    is_tried_enough = most != _WITHOUT_END and attempts > most
    return is_tried_enough or (oldest != _WITHOUT_END and time.time() - left[0].arrived > oldest)


def _table_shards(mapping: EventSourceMapping) -> list[Shard]:
    name, label = mapping.source_arn.split("/")[1], mapping.source_arn.split("/stream/")[1]
    table = dynamodb_backends[mapping.account][mapping.region].tables.get(name)
    if table is None or table.latest_stream_label != label or table.stream_shard is None:
        return []
    kept = table.stream_shard
    first = kept.starting_sequence_number

    def after(position: int) -> Iterator[Entry]:
        for place in range(max(position + 1 - first, 0), len(kept.items)):
            record = table_record(kept.items[place].record, mapping)
            yield Entry(first + place, record["dynamodb"]["ApproximateCreationDateTime"], record)

    return [Shard(kept.id, first - 1, first + len(kept.items) - 1, after)]


def _stream_shards(mapping: EventSourceMapping) -> list[Shard]:
    stream = kinesis_backends[mapping.account][mapping.region].streams.get(mapping.source_arn.rpartition("/")[2])
    return [] if stream is None else [_stream_shard(mapping, shard) for shard in tuple(stream.shards.values())]


def _stream_shard(mapping: EventSourceMapping, shard: Any) -> Shard:
    def after(position: int) -> Iterator[Entry]:
        role = lambda_backends[mapping.account][mapping.region].get_function(mapping.function_name).role
        for sequence, kept in tuple(shard.records.items()):
            if sequence > position:
                record = stream_record(kept, shard.shard_id, role, mapping)
                yield Entry(sequence, record["kinesis"]["approximateArrivalTimestamp"], record)

    return Shard(shard.shard_id, 0, shard.get_max_sequence_number(), after)
