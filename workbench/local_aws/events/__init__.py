"""EventBridge at work: events reach the targets of the rules that match them, schedules fire.

moto keeps buses, rules and schedules and matches patterns; this package delivers. `Events` is what the server wires.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from moto.events.models import events_backends

from workbench.local_aws import background
from workbench.local_aws.events.message import new_event, stamp
from workbench.local_aws.events.refusals import refuse_invalid_expressions
from workbench.local_aws.events.schedules import Schedules
from workbench.local_aws.events.targets import InvokeEvent, Targets
from workbench.local_aws.service import AwsError, Operation, RequestContext

Clients = Callable[[str, str], Any]
"""A client of a service in a region: `LocalAws.client`."""

_MOST_ENTRIES = 10


class Events:
    """Delivers events. `minute` is the length in seconds of a minute of schedules; `invoke` runs a function."""

    def __init__(self, account: str, clients: Clients, invoke: InvokeEvent, minute: float = 60.0) -> None:
        self._account = account
        self._targets = Targets(clients, invoke)
        self._schedules = Schedules(account, self._targets, minute)

    def start(self) -> None:
        """From now on, schedules fire."""
        refuse_invalid_expressions()
        self._schedules.start()

    def close(self) -> None:
        self._schedules.close()

    def state(self) -> Any:
        return self._schedules.state()

    def restore(self, state: Any) -> None:
        self._schedules.restore(state)

    def operations(self) -> Mapping[str, Operation]:
        return {"PutEvents": self._put_events}

    def publish(self, event: Mapping[str, Any], bus: str = "default") -> None:
        """Sends an event, complete as EventBridge delivers it, to the targets of the matching rules. Never waits."""
        context = RequestContext(self._account, event["region"])
        for rule in self._matching(context, event, bus):
            for target in tuple(rule.targets):
                background.start(f"event-{rule.name}", self._targets.deliver, context, target, event)

    def _matching(self, context: RequestContext, event: Mapping[str, Any], bus: str) -> list[Any]:
        known = events_backends[context.account][context.region].event_buses.get(bus)
        rules = tuple(known.rules.values()) if known else ()
        return [
            rule
            for rule in rules
            if rule.state == "ENABLED" and rule.event_pattern.get_pattern() and rule.event_pattern.matches_event(event)
        ]

    def _put_events(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        entries = parameters["Entries"]
        if len(entries) > _MOST_ENTRIES:
            message = "1 validation error detected: Value at 'entries' failed to satisfy constraint: "
            raise AwsError("ValidationException", f"{message}Member must have length less than or equal to 10")
        results = [self._put_event(entry, context) for entry in entries]
        return {"FailedEntryCount": sum("ErrorCode" in result for result in results), "Entries": results}

    def _put_event(self, entry: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        missing = next((name for name in ("Source", "DetailType", "Detail") if not entry.get(name)), None)
        if missing:
            message = f"Parameter {missing} is not valid. Reason: {missing} is a required argument."
            return {"ErrorCode": "InvalidArgument", "ErrorMessage": message}
        try:
            detail = json.loads(entry["Detail"])
        except ValueError:
            return {"ErrorCode": "MalformedDetail", "ErrorMessage": "Detail is malformed."}
        event = new_event(context, entry["Source"], entry["DetailType"], detail, entry.get("Resources") or [])
        bus = (entry.get("EventBusName") or "default").rpartition("/")[2]
        self.publish(event | ({"time": stamp(entry["Time"])} if entry.get("Time") else {}), bus)
        return {"EventId": event["id"]}
