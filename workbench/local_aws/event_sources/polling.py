"""What the pollers of all kinds of event sources share: how they invoke a function, and how long they wait."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.local_aws.event_sources.mapping import EventSourceMapping
from workbench.local_aws.functions.outcome import Outcome
from workbench.local_aws.service import AwsError, RequestContext

logger = logging.getLogger(__name__)

Invoke = Callable[[RequestContext, str, bytes], Outcome]
"""Runs a function and waits for its answer."""


@dataclass(frozen=True)
class Poller:
    """How a poller acts; `minute` is the length of its minutes in seconds."""

    clients: Callable[[str, str], Any]
    invoke_function: Invoke
    minute: float = 60.0
    closing: threading.Event = field(default_factory=threading.Event)

    def invoke(self, mapping: EventSourceMapping, records: Sequence[Mapping[str, Any]]) -> Outcome | None:
        """None when the function was not run at all, as when all its concurrency is in use."""
        context = RequestContext(mapping.account, mapping.region)
        try:
            outcome = self.invoke_function(context, mapping.function_arn, json.dumps({"Records": records}).encode())
        except (AwsError, RuntimeError) as error:
            logger.info("%s was not run: %s", mapping.function_arn, error)
            mapping.last_result = f"PROBLEM: {error}"
            return None
        mapping.last_result = "PROBLEM: Function call failed" if outcome.failed else "OK"
        return outcome

    def seconds(self, on_aws: float) -> float:
        """How long so many seconds on AWS take here."""
        return on_aws * self.minute / 60

    def wait(self, on_aws: float) -> None:
        self.closing.wait(self.seconds(on_aws))
