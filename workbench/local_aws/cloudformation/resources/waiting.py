"""AWS CloudFormation's own waiting: handles with a URL that takes signals, and conditions that wait for them.

Owns when a condition is met. The signals themselves belong to `signals`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider, ProvisioningError
from workbench.local_aws.cloudformation.signals import Signal, Signals

_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")
_DEFAULT_DURATION = "PT5M"


class Waiting:
    """Provides handles and conditions; `second` is how long a second of a timeout takes."""

    def __init__(self, signals: Signals, second: float) -> None:
        self._signals = signals
        self._second = second
        self.providers: Mapping[str, Provider] = {
            "AWS::CloudFormation::WaitCondition": Provider(self._wait, self._refuse, self._end, slow=True),
            "AWS::CloudFormation::WaitConditionHandle": Provider(self._open, self._keep, self._close),
        }

    def _open(self, _: Properties, context: Context) -> Physical:
        return Physical(self._signals.url(f"{context.stack_id}/{context.logical_id}"))

    def _keep(self, url: str, _old: Properties, _new: Properties, _context: Context) -> Physical:
        return Physical(url)

    def _close(self, url: str, _: Properties, _context: Context) -> None:
        self._signals.forget(self._signals.name(url))

    def _wait(self, properties: Properties, context: Context) -> Physical:
        if "Handle" not in properties:
            return self._wait_for_resource_signals(context)
        name = self._signals.name(str(properties["Handle"]))
        context.exists(name)
        count = int(properties.get("Count", 1))
        received = self._signals.wait(name, count, float(properties["Timeout"]) * self._second)
        _check_succeeded(received)
        if len(received) < count:
            message = f"WaitCondition timed out. Received {len(received)} conditions when expecting {count}"
            raise ProvisioningError(message)
        data = json.dumps({unique_id: signal.data for unique_id, signal in received.items()})
        return Physical(name, {"Data": data})

    def _wait_for_resource_signals(self, context: Context) -> Physical:
        """Without a handle, SignalResource signals the condition itself, as its CreationPolicy says."""
        name = f"{context.stack_id}/{context.logical_id}"
        asked = (context.body.get("CreationPolicy") or {}).get("ResourceSignal") or {}
        count = int(asked.get("Count", 1))
        context.exists(name)
        received = self._signals.wait(name, count, _seconds(asked.get("Timeout", _DEFAULT_DURATION)) * self._second)
        succeeded = [signal for signal in received.values() if signal.succeeded]
        if len(succeeded) < len(received):
            failed = f"Received {len(received) - len(succeeded)} FAILURE signal(s) out of {count}."
            raise ProvisioningError(f"{failed} Unable to satisfy 100% MinSuccessfulInstancesPercent requirement")
        if len(received) < count:
            missing = count - len(received)
            raise ProvisioningError(f"Failed to receive {missing} resource signal(s) within the specified duration")
        return Physical(name, {"Data": "{}"})

    def _refuse(self, _id: str, _old: Properties, _new: Properties, context: Context) -> Physical:
        raise ProvisioningError(f"Update to resource type {context.type} is not supported.")

    def _end(self, name: str, _: Properties, _context: Context) -> None:
        self._signals.forget(name)


def _check_succeeded(received: Mapping[str, Signal]) -> None:
    for signal in received.values():
        if not signal.is_readable:
            raise ProvisioningError("Unparsable WaitCondition data")
        if not signal.succeeded:
            message = f"WaitCondition received failed message: '{signal.reason}' for uniqueId: {signal.unique_id}"
            raise ProvisioningError(message)


def _seconds(duration: str) -> float:
    """`PT1H30M` -> 5400. Raises ProvisioningError."""
    found = _DURATION.fullmatch(duration)
    if not found or not any(found.groups()):
        raise ProvisioningError(f"Invalid CreationPolicy: {duration} is not a duration such as PT5M")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600.0 + minutes * 60 + seconds
