"""Alarms that watch: judged when figures come in and when somebody asks, with their actions when a state changes.

A state that was set by hand holds for a while, as on AWS.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from moto.cloudwatch.models import cloudwatch_backends
from moto.core import DEFAULT_ACCOUNT_ID

from workbench.local_aws import background
from workbench.local_aws.cloudwatch import alarm_history
from workbench.local_aws.cloudwatch.alarm_actions import Clients, act, event
from workbench.local_aws.cloudwatch.alarm_shape import described
from workbench.local_aws.cloudwatch.alarm_state import State, judged
from workbench.local_aws.cloudwatch.listing import page
from workbench.local_aws.service import AwsError, Call, Operation, RequestContext

_HELD_SECONDS = 60.0
_PAGE = 100

Publish = Callable[[Mapping[str, Any]], None]
"""Sends an event to EventBridge; never waits."""


class Alarms:
    """The alarms of all regions, on moto's records of them."""

    def __init__(self, clients: Clients, publish: Publish, clock: Callable[[], float] = time.monotonic) -> None:
        self._clients = clients
        self._publish = publish
        self._clock = clock
        self._held_until: dict[str, float] = {}
        self._lock = threading.Lock()

    def operations(self) -> Mapping[str, Operation]:
        return {
            "DescribeAlarmHistory": lambda request, context: alarm_history.answer(
                self._judge_all(context.region), request
            ),
            "DescribeAlarms": self._describe,
            "DescribeAlarmsForMetric": self._describe_for_metric,
            "SetAlarmState": self._set_state,
        }

    def observe(self, call: Call) -> None:
        """Judges after figures came in and after an alarm was put."""
        if call.service == "monitoring" and call.operation in ("PutMetricData", "PutMetricAlarm"):
            self._judge_all(call.region)

    def _judge_all(self, region: str) -> list[Any]:
        backend = cloudwatch_backends[DEFAULT_ACCOUNT_ID][region]
        alarms: list[Any] = list(backend.alarms.values())
        kept = backend.get_all_metrics() if alarms else []
        for alarm in alarms:
            state = self._state(alarm, kept)
            if state:
                self._change(alarm, state)
        return alarms

    def _state(self, alarm: Any, kept: list[Any]) -> State | None:
        if self._clock() < self._held_until.get(alarm.alarm_arn, 0.0):
            return None
        try:
            return judged(alarm, kept, datetime.now(UTC))
        except AwsError as error:
            return State("INSUFFICIENT_DATA", error.message)

    def _change(self, alarm: Any, state: State) -> None:
        with self._lock:
            if alarm.state_value == state.value:
                return
            old = State(alarm.state_value, alarm.state_reason, alarm.state_reason_data)
            alarm.update_state(state.reason, state.data, state.value)
        self._publish(event(alarm, old))
        background.start(f"alarm-{alarm.name}", act, self._clients, alarm, old)

    def _set_state(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        alarm = cloudwatch_backends[context.account][context.region].alarms.get(parameters["AlarmName"])
        if alarm is None:
            raise AwsError("ResourceNotFound", "Unknown", 404)
        self._held_until[alarm.alarm_arn] = self._clock() + _HELD_SECONDS
        reason, data = parameters["StateReason"], parameters.get("StateReasonData", "{}")
        self._change(alarm, State(parameters["StateValue"], reason, data))

    def _describe(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        found = [alarm for alarm in self._judge_all(context.region) if _is_wanted(alarm, parameters)]
        shown, following = page(found, parameters, parameters.get("MaxRecords") or _PAGE)
        return {
            "MetricAlarms": [described(alarm) for alarm in shown if alarm.rule is None],
            "CompositeAlarms": [described(alarm) for alarm in shown if alarm.rule is not None],
            **following,
        }

    def _describe_for_metric(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        wanted = (parameters["Namespace"], parameters["MetricName"], _dimensions(parameters.get("Dimensions") or ()))
        shown = (described(alarm) for alarm in self._judge_all(context.region) if alarm.metric_name)
        return {
            "MetricAlarms": [
                each
                for each in shown
                if (each["Namespace"], each["MetricName"], _dimensions(each["Dimensions"])) == wanted
            ]
        }


def _is_wanted(alarm: Any, parameters: Mapping[str, Any]) -> bool:
    names, state = parameters.get("AlarmNames"), parameters.get("StateValue")
    action = parameters.get("ActionPrefix", "")
    actions = [*alarm.alarm_actions, *alarm.ok_actions, *alarm.insufficient_data_actions]
    return (
        (not names or alarm.name in names)
        and (not state or alarm.state_value == state)
        and alarm.name.startswith(parameters.get("AlarmNamePrefix", ""))
        and (not action or any(each.startswith(action) for each in actions))
    )


def _dimensions(of: Iterable[Mapping[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset((each["Name"], each["Value"]) for each in of)
