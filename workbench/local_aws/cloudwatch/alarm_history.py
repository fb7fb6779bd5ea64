"""DescribeAlarmHistory: how the states of alarms have changed. Pure.

moto keeps each state that an alarm has left. Other entries of AWS's history, changed settings and performed actions,
are not kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from operator import itemgetter
from typing import Any

from workbench.local_aws.cloudwatch.listing import page

_PAGE = 100


def answer(alarms: Iterable[Any], request: Mapping[str, Any]) -> Mapping[str, Any]:
    """A page of the changes that the request asks for, the newest first unless it asks otherwise.

    Raises:
        AwsError: the token is none that an earlier page gave.
    """
    found = [item for alarm in alarms for item in _items(alarm) if _is_wanted(item, request)]
    found.sort(key=itemgetter("Timestamp"), reverse=request.get("ScanBy") != "TimestampAscending")
    shown, following = page(found, request, request.get("MaxRecords") or _PAGE)
    return {"AlarmHistoryItems": shown, **following}


def _items(alarm: Any) -> Iterator[dict[str, Any]]:
    left = [state for _, *state in alarm.history]
    current = [alarm.state_reason, alarm.state_reason_data, alarm.state_value, alarm.state_updated_timestamp]
    for old, new in pairwise([*left, current]):
        changed = {"version": "1.0", "oldState": _state(*old), "newState": _state(*new)}
        yield {
            "AlarmName": alarm.name,
            "AlarmType": "MetricAlarm" if alarm.rule is None else "CompositeAlarm",
            "Timestamp": new[3].replace(tzinfo=UTC),
            "HistoryItemType": "StateUpdate",
            "HistorySummary": f"Alarm updated from {old[2]} to {new[2]}",
            "HistoryData": json.dumps(changed, separators=(",", ":")),
        }


def _state(reason: str, data: str, value: str, _: datetime) -> dict[str, Any]:
    known = json.loads(data or "{}")
    return {"stateValue": value, "stateReason": reason} | ({"stateReasonData": known} if known else {})


def _is_wanted(item: Mapping[str, Any], request: Mapping[str, Any]) -> bool:
    begin, end = request.get("StartDate"), request.get("EndDate")
    return (
        request.get("AlarmName") in (None, item["AlarmName"])
        and request.get("HistoryItemType") in (None, item["HistoryItemType"])
        and item["AlarmType"] in (request.get("AlarmTypes") or ["MetricAlarm"])
        and (begin is None or begin <= item["Timestamp"])
        and (end is None or item["Timestamp"] <= end)
    )
