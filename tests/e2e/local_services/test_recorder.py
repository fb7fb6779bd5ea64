"""The configuration recorder: AWS Config without one, with one that is stopped, and with one that records less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.e2e.local_services.configuration import (
    BUCKET,
    TABLE,
    becomes,
    bucket,
    compliance,
    put_rule,
    refused,
    rows,
    status,
    table,
)
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws, Options

pytestmark = pytest.mark.slow

ROLE = "arn:aws:iam::123456789012:role/config"


@dataclass(frozen=True)
class Region:
    """One region of the local AWS: each test has one of its own."""

    aws: LocalAws
    name: str

    def client(self, service: str) -> Any:
        return self.aws.client(service, self.name)


@pytest.fixture(scope="module")
def regions() -> Iterator[Iterator[Region]]:
    names = ("eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-south-1", "eu-central-1", "ap-south-1")
    more = ("us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1")
    with LocalAws(Options(recording_delay=0.1, minute=0.01, hour=0.6, recorder=False)) as running:
        yield (Region(running, name) for name in (*names, *more))


@pytest.fixture
def aws(regions: Iterator[Region]) -> Region:
    return next(regions)


def record(aws: Region, **group: Any) -> None:
    client = aws.client("config")
    recorder = {"name": "mine", "roleARN": ROLE, **({"recordingGroup": group} if group else {})}
    client.put_configuration_recorder(ConfigurationRecorder=recorder)
    client.put_delivery_channel(DeliveryChannel={"name": "mine", "s3BucketName": "history"})
    client.start_configuration_recorder(ConfigurationRecorderName="mine")


def stop(aws: Region) -> None:
    aws.client("config").stop_configuration_recorder(ConfigurationRecorderName="mine")


def test_there_is_no_rule_without_a_recorder(aws: Region) -> None:
    rule = {"ConfigRuleName": "rule", "Source": {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"}}
    refused(aws.client("config").put_config_rule, "NoAvailableConfigurationRecorderException", ConfigRule=rule)


def test_there_is_one_recorder_an_account_and_region(aws: Region) -> None:
    record(aws)
    put, second = aws.client("config").put_configuration_recorder, {"name": "second", "roleARN": ROLE}
    refused(put, "MaxNumberOfConfigurationRecordersExceededException", ConfigurationRecorder=second)


def test_a_recorder_does_not_start_without_a_delivery_channel(aws: Region) -> None:
    client = aws.client("config")
    client.put_configuration_recorder(ConfigurationRecorder={"name": "mine", "roleARN": ROLE})
    start = client.start_configuration_recorder
    refused(start, "NoAvailableDeliveryChannelException", ConfigurationRecorderName="mine")


def test_a_started_recorder_finds_what_exists_already(aws: Region) -> None:
    bucket(aws, "older-than-the-recorder")
    record(aws)
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED")
    assert becomes(aws, rule, "older-than-the-recorder", "NON_COMPLIANT")


def test_while_the_recorder_is_stopped_changes_are_not_judged_and_results_remain(aws: Region) -> None:
    record(aws)
    changed, deleted = bucket(aws, "changed-meanwhile"), bucket(aws, "deleted-meanwhile")
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED")
    assert becomes(aws, rule, changed, "NON_COMPLIANT")
    stop(aws)
    aws.client("s3").put_bucket_versioning(Bucket=changed, VersioningConfiguration={"Status": "Enabled"})
    aws.client("s3").delete_bucket(Bucket=deleted)
    aws.client("config").start_config_rules_evaluation(ConfigRuleNames=[rule])
    assert not eventually(lambda: compliance(aws, rule, changed) == "COMPLIANT", 1)
    assert compliance(aws, rule, deleted) == "NON_COMPLIANT"


def test_a_recorder_that_is_started_again_catches_up(aws: Region) -> None:
    record(aws)
    name = bucket(aws, "catching-up")
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED")
    assert becomes(aws, rule, name, "NON_COMPLIANT")
    stop(aws)
    aws.client("s3").put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    aws.client("config").start_configuration_recorder(ConfigurationRecorderName="mine")
    assert becomes(aws, rule, name, "COMPLIANT")


def test_periodic_rules_go_on_while_the_recorder_is_stopped(aws: Region) -> None:
    record(aws)
    rule = put_rule(aws, "DYNAMODB_AUTOSCALING_ENABLED", MaximumExecutionFrequency="One_Hour")
    stop(aws)
    table(aws, "unrecorded")
    assert becomes(aws, rule, "unrecorded", "COMPLIANT", TABLE)


def test_iam_is_not_recorded_unless_global_types_are_included(aws: Region) -> None:
    record(aws)
    bucket(aws, "recorded")
    aws.client("iam").create_role(RoleName="unrecorded", AssumeRolePolicyDocument="{}")
    client = aws.client("config")
    assert eventually(lambda: client.list_discovered_resources(resourceType=BUCKET)["resourceIdentifiers"])
    assert client.list_discovered_resources(resourceType="AWS::IAM::Role")["resourceIdentifiers"] == []


def test_a_type_that_is_not_recorded_has_no_results(aws: Region) -> None:
    record(aws, allSupported=False, resourceTypes=[TABLE])
    bucket(aws, "left-out")
    rule, other = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED"), put_rule(aws, "DYNAMODB_PITR_ENABLED")
    assert becomes(aws, other, table(aws, "taken-in"), "NON_COMPLIANT", TABLE)
    assert eventually(lambda: status(aws, rule)["FirstEvaluationStarted"])
    assert rows(aws, BUCKET, "left-out") == {}
