"""What an alarm does when its state changes: topics and functions hear of it, and so does EventBridge."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from workbench.local_aws.cloudwatch.alarm_shape import described
from workbench.local_aws.cloudwatch.alarm_state import State
from workbench.local_aws.timestamps import in_seconds, with_offset

logger = logging.getLogger(__name__)

Clients = Callable[[str, str], Any]
_ACTIONS = {"ALARM": "alarm_actions", "INSUFFICIENT_DATA": "insufficient_data_actions", "OK": "ok_actions"}


def act(clients: Clients, alarm: Any, old: State) -> None:
    """Performs the actions of the state that the alarm is in. What cannot be told is logged and lost."""
    if not alarm.actions_enabled:
        return
    for arn in getattr(alarm, _ACTIONS[alarm.state_value]) or []:
        tell = _TELLERS.get(arn.split(":")[2])
        if tell is None:
            logger.warning("The local AWS does not perform the action %s of the alarm %s.", arn, alarm.name)
            continue
        try:
            tell(clients, arn, alarm, old)
        except (BotoCoreError, ClientError) as error:
            logger.warning("The alarm %s could not tell %s: %s", alarm.name, arn, error)


def event(alarm: Any, old: State) -> Mapping[str, Any]:
    """The event of EventBridge."""
    account = alarm.alarm_arn.split(":")[4]
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "CloudWatch Alarm State Change",
        "source": "aws.cloudwatch",
        "account": account,
        "time": in_seconds(datetime.now(UTC)),
        "region": alarm.region_name,
        "resources": [alarm.alarm_arn],
        "detail": {
            "alarmName": alarm.name,
            "state": {"value": alarm.state_value, "reason": alarm.state_reason, "reasonData": alarm.state_reason_data},
            "previousState": {"value": old.value, "reason": old.reason, "reasonData": old.data},
        },
    }


def _to_topic(clients: Clients, arn: str, alarm: Any, old: State) -> None:
    shown = described(alarm)
    trigger = {name: shown[name] for name in _TRIGGER if name in shown}
    message = {
        "AlarmName": alarm.name,
        "AlarmDescription": shown.get("AlarmDescription"),
        "AWSAccountId": alarm.alarm_arn.split(":")[4],
        "NewStateValue": alarm.state_value,
        "NewStateReason": alarm.state_reason,
        "StateChangeTime": with_offset(datetime.now(UTC)),
        "Region": alarm.region_name,
        "AlarmArn": alarm.alarm_arn,
        "OldStateValue": old.value,
        "Trigger": trigger,
    }
    subject = f'{alarm.state_value}: "{alarm.name}" in {alarm.region_name}'
    client = clients("sns", arn.split(":")[3])
    client.publish(TopicArn=arn, Subject=subject[:100], Message=json.dumps(message, default=str))


def _to_function(clients: Clients, arn: str, alarm: Any, old: State) -> None:
    client = clients("lambda", arn.split(":")[3])
    client.invoke(FunctionName=arn, InvocationType="Event", Payload=json.dumps(event(alarm, old)))


_TRIGGER = (
    "MetricName",
    "Namespace",
    "Statistic",
    "Dimensions",
    "Period",
    "EvaluationPeriods",
    "ComparisonOperator",
    "Threshold",
    "TreatMissingData",
    "Metrics",
)
_TELLERS: Mapping[str, Callable[[Clients, str, Any, State], None]] = {"lambda": _to_function, "sns": _to_topic}
