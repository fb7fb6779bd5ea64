"""What a local AWS with `--data` held is there again after a stop and a start in a new process."""

from __future__ import annotations

from typing import Any

import pytest
import urllib3
from botocore.exceptions import ClientError

from tests.e2e.persistence import everything
from tests.e2e.persistence.process import Running
from tests.e2e.waiting import eventually

pytestmark = pytest.mark.slow


def test_every_version_of_an_object_is_there(again: Running) -> None:
    s3 = again.client("s3")
    versions = s3.list_object_versions(Bucket=everything.BUCKET)["Versions"]
    bodies = {
        s3.get_object(Bucket=everything.BUCKET, Key="note", VersionId=each["VersionId"])["Body"].read()
        for each in versions
    }
    assert bodies == {b"first", b"second"}


def test_items_parameters_messages_and_metrics_are_there(again: Running) -> None:
    assert again.client("dynamodb").get_item(TableName="kept-table", Key={"id": {"S": "one"}})["Item"]
    assert again.client("ssm").get_parameter(Name="/kept", WithDecryption=True)["Parameter"]["Value"] == "secret"
    url = everything.queue_url(again)
    assert again.client("sqs").receive_message(QueueUrl=url)["Messages"][0]["Body"] == "wait"
    assert again.client("cloudwatch").list_metrics(Namespace="Kept")["Metrics"]


def test_functions_run_and_have_their_logs(again: Running) -> None:
    assert everything.invoke(again) == "hello"
    events = again.client("logs").filter_log_events(logGroupName="/aws/lambda/greeter")["events"]
    assert sum(event["message"].startswith("greeted") for event in events) >= 2


def test_routes_answer(again: Running) -> None:
    api = everything.outputs(again)["Api"]
    answer = urllib3.request("GET", f"{again.url}/_aws/execute-api/{api}/$default/greeting")
    assert answer.data == b"hello"


def test_stacks_have_their_story_their_resources_and_their_exports(again: Running) -> None:
    cloudformation = again.client("cloudformation")
    events = cloudformation.describe_stack_events(StackName=everything.STACK)["StackEvents"]
    assert (events[0]["ResourceStatus"], events[-1]["ResourceStatus"]) == ("CREATE_COMPLETE", "CREATE_IN_PROGRESS")
    assert cloudformation.describe_stack_resource(StackName=everything.STACK, LogicalResourceId="Bucket")
    assert cloudformation.list_exports()["Exports"][0]["Name"] == "the-bucket"


def test_config_has_its_recorder_its_results_and_its_history(again: Running) -> None:
    config = again.client("config")
    assert config.describe_configuration_recorder_status()["ConfigurationRecordersStatus"][0]["recording"]
    assert everything.compliance(again) == "COMPLIANT"
    history = config.get_resource_config_history(resourceType="AWS::S3::Bucket", resourceId=everything.BUCKET)
    assert history["configurationItems"]


def test_an_update_without_changes_is_told_apart_from_one_with_changes(again: Running) -> None:
    with pytest.raises(ClientError, match="No updates are to be performed"):
        everything.deploy(again)
    everything.deploy(again, Greeting="welcome")
    assert everything.stack(again)["StackStatus"] == "UPDATE_COMPLETE"
    assert everything.invoke(again) == "welcome"


def test_config_notices_what_changes_by_hand(again: Running) -> None:
    suspended: Any = {"Status": "Suspended"}
    again.client("s3").put_bucket_versioning(Bucket=everything.BUCKET, VersioningConfiguration=suspended)
    assert eventually(lambda: everything.compliance(again) == "NON_COMPLIANT")
