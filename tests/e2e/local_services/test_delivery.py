"""The recorder that is there from the start, and where its snapshots are delivered."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.local_services.configuration import bucket, refused, table
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws, Options

pytestmark = pytest.mark.slow

ROLE = "arn:aws:iam::123456789012:role/config"


@pytest.fixture
def aws() -> Iterator[LocalAws]:
    with LocalAws(Options(recording_delay=0)) as running:
        yield running


def recorders(aws: LocalAws) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = aws.client("config").describe_configuration_recorders()["ConfigurationRecorders"]
    return found


def test_a_region_has_a_running_recorder_before_anything_is_asked_of_it(aws: LocalAws) -> None:
    assert [each["name"] for each in recorders(aws)] == ["default"]
    (status,) = aws.client("config").describe_configuration_recorder_status()["ConfigurationRecordersStatus"]
    assert (status["recording"], status["lastStatus"]) == (True, "SUCCESS")


def test_an_own_recorder_takes_the_place_of_that_from_the_start(aws: LocalAws) -> None:
    client = aws.client("config")
    client.put_configuration_recorder(ConfigurationRecorder={"name": "mine", "roleARN": ROLE})
    client.put_delivery_channel(DeliveryChannel={"name": "mine", "s3BucketName": "history"})
    assert [each["name"] for each in recorders(aws)] == ["mine"]
    assert [each["name"] for each in client.describe_delivery_channels()["DeliveryChannels"]] == ["mine"]
    second = {"name": "second", "roleARN": ROLE}
    refused(
        client.put_configuration_recorder,
        "MaxNumberOfConfigurationRecordersExceededException",
        ConfigurationRecorder=second,
    )


def test_a_snapshot_of_everything_recorded_is_delivered(aws: LocalAws) -> None:
    client = aws.client("config")
    client.put_delivery_channel(DeliveryChannel={"name": "default", "s3BucketName": "history", "s3KeyPrefix": "team"})
    bucket(aws, "history")
    table(aws, "orders")
    assert eventually(lambda: len(client.get_discovered_resource_counts()["resourceCounts"]) == 2)
    snapshot_id = client.deliver_config_snapshot(deliveryChannelName="default")["configSnapshotId"]
    (stored,) = aws.client("s3").list_objects_v2(Bucket="history")["Contents"]
    assert stored["Key"].startswith("team/AWSLogs/123456789012/Config/eu-west-1/")
    body = aws.client("s3").get_object(Bucket="history", Key=stored["Key"])["Body"].read()
    snapshot = json.loads(gzip.decompress(body))
    assert snapshot["configSnapshotId"] == snapshot_id
    assert {item["resourceId"] for item in snapshot["configurationItems"]} == {"history", "orders"}


def test_a_delivery_that_fails_shows_in_the_channels_status(aws: LocalAws) -> None:
    client = aws.client("config")
    client.deliver_config_snapshot(deliveryChannelName="default")
    (status,) = client.describe_delivery_channel_status()["DeliveryChannelsStatus"]
    assert status["configSnapshotDeliveryInfo"]["lastStatus"] == "FAILURE"
    assert status["configSnapshotDeliveryInfo"]["lastErrorCode"] == "NoSuchBucket"


def test_nothing_is_delivered_while_the_recorder_is_off(aws: LocalAws) -> None:
    client = aws.client("config")
    client.stop_configuration_recorder(ConfigurationRecorderName="default")
    refused(client.deliver_config_snapshot, "NoRunningConfigurationRecorderException", deliveryChannelName="default")
