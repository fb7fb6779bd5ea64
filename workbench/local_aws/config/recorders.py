"""The configuration recorder and its delivery channel: the operations on them, and the delivery of snapshots.

moto keeps both and knows their rules. Here is what it lacks: the recorder that an account with AWS Config has from the
start, which gives way to one of the user's own, and the delivery.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError
from moto.config.models import config_backends
from moto.core.exceptions import JsonRESTError

from workbench.local_aws.config import recording
from workbench.local_aws.config.description import full_item, stamp
from workbench.local_aws.config.store import Stores
from workbench.local_aws.service import AwsError, Operation, RequestContext

_NAMES, _NAME = "ConfigurationRecorderNames", "ConfigurationRecorderName"


@dataclass(frozen=True)
class Delivery:
    """How the last delivery of a snapshot ended."""

    at: datetime
    error: ClientError | None = None


class RecorderOperations:
    """What clients do with recorders and channels; `clients` gives a client of a service in a region."""

    def __init__(self, stores: Stores, clients: Callable[[str, str], Any]) -> None:
        self._stores = stores
        self._clients = clients
        self._deliveries: dict[str, Delivery] = {}

    def operations(self) -> Mapping[str, Operation]:
        return {
            "PutConfigurationRecorder": self._put_recorder,
            "DescribeConfigurationRecorders": self._describe_recorders,
            "DescribeConfigurationRecorderStatus": self._describe_recorder_status,
            "ListConfigurationRecorders": self._list_recorders,
            "StartConfigurationRecorder": self._asking("start_configuration_recorder", _NAME),
            "StopConfigurationRecorder": self._asking("stop_configuration_recorder", _NAME),
            "DeleteConfigurationRecorder": self._asking("delete_configuration_recorder", _NAME),
            "PutDeliveryChannel": self._put_channel,
            "DescribeDeliveryChannels": self._describe_channels,
            "DescribeDeliveryChannelStatus": self._describe_channel_status,
            "DeleteDeliveryChannel": self._asking("delete_delivery_channel", "DeliveryChannelName"),
            "DeliverConfigSnapshot": self._deliver,
        }

    def _ask(self, operation: str, context: RequestContext, *arguments: Any) -> Any:
        self._stores(context)
        try:
            return getattr(config_backends[context.account][context.region], operation)(*arguments)
        except JsonRESTError as error:
            raise AwsError(error.error_type, error.message) from error

    def _asking(self, operation: str, parameter: str) -> Operation:
        def perform(parameters: Mapping[str, Any], context: RequestContext) -> None:
            self._ask(operation, context, parameters[parameter])

        return perform

    def _put_recorder(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        recorder = {"name": recording.DEFAULT_NAME, **parameters["ConfigurationRecorder"]}
        if not recorder.get("roleARN"):
            raise AwsError("InvalidRoleException", "The role ARN provided is null or empty")
        if recorder.get("recordingMode", {}).get("recordingFrequency", "CONTINUOUS") != "CONTINUOUS":
            message = "The local AWS records continuously; the recording frequency DAILY is not implemented."
            raise AwsError("InvalidRecordingGroupException", message)
        self._stores(context)
        recording.give_way_to_recorder(context, recorder["name"])
        self._ask("put_configuration_recorder", context, recorder)

    def _describe_recorders(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        found = self._ask("describe_configuration_recorders", context, parameters.get(_NAMES))
        return {"ConfigurationRecorders": [each | _identity(each["name"], context) | _MODE for each in found]}

    def _describe_recorder_status(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        found = self._ask("describe_configuration_recorder_status", context, parameters.get(_NAMES))
        return {"ConfigurationRecordersStatus": [_recorder_status(each, context) for each in found]}

    def _list_recorders(self, _: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        found = self._ask("describe_configuration_recorders", context, None)
        names = [each["name"] for each in found]
        return {"ConfigurationRecorderSummaries": [{"name": name, **_identity(name, context)} for name in names]}

    def _put_channel(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        channel = {"name": recording.DEFAULT_NAME, **parameters["DeliveryChannel"]}
        self._stores(context)
        recording.give_way_to_channel(context, channel["name"])
        self._ask("put_delivery_channel", context, channel)

    def _describe_channels(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        names = parameters.get("DeliveryChannelNames")
        return {"DeliveryChannels": self._ask("describe_delivery_channels", context, names)}

    def _describe_channel_status(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        found = self._ask("describe_delivery_channels", context, parameters.get("DeliveryChannelNames"))
        snapshot = _delivery_info(self._deliveries.get(context.region))
        nothing = {"lastStatus": "Not_Applicable"}
        return {
            "DeliveryChannelsStatus": [
                {
                    "name": each["name"],
                    "configSnapshotDeliveryInfo": snapshot,
                    "configHistoryDeliveryInfo": nothing,
                    "configStreamDeliveryInfo": nothing,
                }
                for each in found
            ]
        }

    def _deliver(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        """As on AWS, a delivery that fails shows in the channel's status alone."""
        (channel,) = self._ask("describe_delivery_channels", context, [parameters["deliveryChannelName"]])
        states = self._ask("describe_configuration_recorder_status", context, None)
        if not any(each["recording"] for each in states):
            message = "There is no configuration recorder running."
            raise AwsError("NoRunningConfigurationRecorderException", message)
        snapshot_id, at = str(uuid.uuid4()), datetime.now(UTC)
        items = [full_item(item, context) for item in tuple(self._stores(context).recorded.values())]
        snapshot = {"fileVersion": "1.0", "configSnapshotId": snapshot_id, "configurationItems": items}
        body = gzip.compress(json.dumps(snapshot, default=stamp).encode())
        try:
            client = self._clients("s3", context.region)
            client.put_object(Bucket=channel["s3BucketName"], Key=_key(channel, context, snapshot_id, at), Body=body)
        except ClientError as error:
            self._deliveries[context.region] = Delivery(at, error)
        else:
            self._deliveries[context.region] = Delivery(at)
        return {"configSnapshotId": snapshot_id}


_MODE = {"recordingMode": {"recordingFrequency": "CONTINUOUS"}}


def _arn(name: str, context: RequestContext) -> str:
    suffix = hashlib.sha256(f"{context.account}/{context.region}/{name}".encode()).hexdigest()[:16]
    return f"arn:aws:config:{context.region}:{context.account}:configuration-recorder/{name}/{suffix}"


def _identity(name: str, context: RequestContext) -> Mapping[str, str]:
    return {"arn": _arn(name, context), "recordingScope": "PAID"}


def _recorder_status(told: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    """moto never tells that a start has succeeded."""
    status = {"lastStatus": "SUCCESS"} if told.get("lastStatus") == "PENDING" else {}
    return {**told, **status, "arn": _arn(told["name"], context)}


def _key(channel: Mapping[str, Any], context: RequestContext, snapshot_id: str, at: datetime) -> str:
    """Where AWS puts a snapshot; its days and months have no leading zeros."""
    day = f"{at.year}/{at.month}/{at.day}"
    name = f"{context.account}_Config_{context.region}_ConfigSnapshot_{at:%Y%m%dT%H%M%SZ}_{snapshot_id}.json.gz"
    path = f"AWSLogs/{context.account}/Config/{context.region}/{day}/ConfigSnapshot/{name}"
    return f"{channel['s3KeyPrefix']}/{path}" if channel.get("s3KeyPrefix") else path


def _delivery_info(delivery: Delivery | None) -> Mapping[str, Any]:
    if delivery is None:
        return {"lastStatus": "Not_Applicable"}
    if delivery.error is None:
        return {"lastStatus": "SUCCESS", "lastAttemptTime": delivery.at, "lastSuccessfulTime": delivery.at}
    error = delivery.error.response["Error"]
    reason = {"lastErrorCode": error["Code"], "lastErrorMessage": error["Message"]}
    return {"lastStatus": "FAILURE", "lastAttemptTime": delivery.at} | reason
