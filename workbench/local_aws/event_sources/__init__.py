"""Event source mappings: Lambda reads queues and streams, and invokes functions with batches of what it finds.

Owns the pollers. `EventSources` is what the server wires.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from workbench.local_aws import background
from workbench.local_aws.event_sources import streams
from workbench.local_aws.event_sources.mapping import EventSourceMapping, every_mapping
from workbench.local_aws.event_sources.operations import operations
from workbench.local_aws.event_sources.polling import Invoke, Poller
from workbench.local_aws.event_sources.queues import poll_queue, waiting_in_queue
from workbench.local_aws.event_sources.table_changes import told_once
from workbench.local_aws.service import Operation

logger = logging.getLogger(__name__)

_LOOK_EVERY = 0.1
_Place = tuple[str, str]
"""The UUID of a mapping, and a shard; a queue has no shards."""


class EventSources:
    """Polls. `invoke` runs a function and waits; `minute` is the length of a minute of time limits in seconds."""

    def __init__(self, account: str, clients: Callable[[str, str], Any], invoke: Invoke, minute: float = 60.0) -> None:
        self._account = account
        self._poller = Poller(clients, invoke, minute)
        self._busy: set[_Place] = set()
        self._stack = ExitStack()
        self._stack.enter_context(told_once())

    def operations(self) -> Mapping[str, Operation]:
        return operations()

    def start(self) -> None:
        """From now on, functions are invoked."""
        background.start("event-sources", self._watch)

    def close(self) -> None:
        self._poller.closing.set()
        self._stack.close()

    def _watch(self) -> None:
        while not self._poller.closing.wait(_LOOK_EVERY):
            for place, poll in self._waiting():
                if place not in self._busy:
                    self._busy.add(place)
                    background.start(f"event-source-{place[0]}", self._poll, place, poll)

    def _waiting(self) -> Iterator[tuple[_Place, Callable[[], None]]]:
        """Where records wait for a function, and what is to be done there."""
        for mapping in every_mapping(self._account):
            if mapping.enabled:
                yield from _waiting_of(mapping, self._poller)

    def _poll(self, place: _Place, poll: Callable[[], None]) -> None:
        """What is deleted meanwhile ends the poll; the next look finds out what is left."""
        try:
            poll()
        except (BotoCoreError, ClientError) as error:
            logger.info("An event source could not be read: %s", error)
        finally:
            self._busy.discard(place)


def _waiting_of(mapping: EventSourceMapping, poller: Poller) -> Iterator[tuple[_Place, Callable[[], None]]]:
    if mapping.service == "sqs":
        if waiting_in_queue(mapping):
            yield (mapping.uuid, ""), partial(poll_queue, mapping, poller)
        return
    for shard in streams.shards(mapping):
        if streams.waiting_in_shard(mapping, shard):
            yield (mapping.uuid, shard.id), partial(streams.poll_shard, mapping, shard, poller)
