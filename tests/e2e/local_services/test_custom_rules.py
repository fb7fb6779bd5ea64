"""Custom Lambda rules: run with Config's event, answered with PutEvaluations."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.e2e.local_services.configuration import becomes, bucket, refused, rows, status
from tests.e2e.local_services.functions import create, messages
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

STACK, STACK_ID = "AWS::CloudFormation::Stack", "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1"
REPORT = """
    import boto3, json

    def handler(event, context):
        print(json.dumps(event))
        invoking = json.loads(event["invokingEvent"])
        item = invoking.get("configurationItem")
        parameters = json.loads(event["ruleParameters"])
        boto3.client("config").put_evaluations(
            ResultToken=event["resultToken"],
            Evaluations=[
                {
                    "ComplianceResourceType": item["resourceType"] if item else "AWS::CloudFormation::Stack",
                    "ComplianceResourceId": item["resourceId"] if item else parameters["stack"],
                    "ComplianceType": "NON_COMPLIANT",
                    "Annotation": "as reported",
                    "OrderingTimestamp": invoking["notificationCreationTime"],
                }
            ],
        )
    """


def custom(aws: LocalAws, name: str, code: str, message_type: str, **settings: Any) -> str:
    arn = create(aws, name, code, Timeout=20)
    aws.client("lambda").add_permission(
        FunctionName=name, StatementId="config", Action="lambda:InvokeFunction", Principal="config.amazonaws.com"
    )
    return put(aws, name, arn, message_type, **settings)


def put(aws: LocalAws, name: str, arn: str, message_type: str, **settings: Any) -> str:
    details = [{"EventSource": "aws.config", "MessageType": message_type}]
    source = {"Owner": "CUSTOM_LAMBDA", "SourceIdentifier": arn, "SourceDetails": details}
    aws.client("config").put_config_rule(ConfigRule={"ConfigRuleName": name, "Source": source, **settings})
    return name


def events(aws: LocalAws, name: str) -> list[dict[str, Any]]:
    """The events that the function wrote to its log, which follows its results."""
    assert eventually(lambda: status(aws, name).get("LastSuccessfulInvocationTime"))
    return [json.loads(line) for line in messages(aws, f"/aws/lambda/{name}") if line.startswith("{")]


def test_a_periodic_rule_reports_on_the_stack(aws: LocalAws) -> None:
    settings = {"InputParameters": json.dumps({"stack": STACK_ID})}
    rule = custom(aws, "round-trip", REPORT, "ScheduledNotification", **settings)
    assert becomes(aws, rule, STACK_ID, "NON_COMPLIANT", STACK)
    assert rows(aws, STACK, STACK_ID)[rule]["Annotation"] == "as reported"
    (event,) = events(aws, rule)
    assert json.loads(event["invokingEvent"])["messageType"] == "ScheduledNotification"
    assert json.loads(event["ruleParameters"]) == {"stack": STACK_ID}
    assert (event["configRuleName"], event["version"], event["accountId"]) == (rule, "1.0", "123456789012")


def test_a_started_evaluation_runs_the_function_again(aws: LocalAws) -> None:
    settings = {"InputParameters": json.dumps({"stack": STACK_ID})}
    rule = custom(aws, "again", REPORT, "ScheduledNotification", **settings)
    assert becomes(aws, rule, STACK_ID, "NON_COMPLIANT", STACK)
    assert eventually(lambda: status(aws, rule).get("LastSuccessfulInvocationTime"))
    first = rows(aws, STACK, STACK_ID)[rule]["ResultRecordedTime"]
    aws.client("config").start_config_rules_evaluation(ConfigRuleNames=[rule])
    assert eventually(lambda: rows(aws, STACK, STACK_ID)[rule]["ResultRecordedTime"] > first)


def test_a_change_is_told_with_its_configuration_item(aws: LocalAws) -> None:
    scope = {"Scope": {"ComplianceResourceTypes": ["AWS::S3::Bucket"]}}
    rule = custom(aws, "on-change", REPORT, "ConfigurationItemChangeNotification", **scope)
    bucket(aws, "told-of")
    assert becomes(aws, rule, "told-of", "NON_COMPLIANT")
    item = json.loads(events(aws, rule)[-1]["invokingEvent"])["configurationItem"]
    assert (item["resourceId"], item["configurationItemStatus"]) == ("told-of", "ResourceDiscovered")
    assert item["configuration"]["name"] == "told-of"


def test_a_deletion_is_told_as_having_left_the_scope(aws: LocalAws) -> None:
    scope = {"ComplianceResourceTypes": ["AWS::S3::Bucket"], "ComplianceResourceId": "deleted"}
    rule = custom(aws, "deletions", REPORT, "ConfigurationItemChangeNotification", Scope=scope)
    bucket(aws, "deleted")
    assert becomes(aws, rule, "deleted", "NON_COMPLIANT")
    aws.client("s3").delete_bucket(Bucket="deleted")
    assert eventually(lambda: len(events(aws, rule)) == 2)
    last = events(aws, rule)[-1]
    item = json.loads(last["invokingEvent"])["configurationItem"]
    assert (last["eventLeftScope"], item["configurationItemStatus"]) == (True, "ResourceDeleted")


def test_a_function_that_fails_shows_in_the_status(aws: LocalAws) -> None:
    code = "def handler(event, context): raise RuntimeError('no table')"
    rule = custom(aws, "failing", code, "ScheduledNotification")
    assert eventually(lambda: "LastErrorMessage" in status(aws, rule))
    assert "no table" in status(aws, rule)["LastErrorMessage"]


def test_config_must_be_permitted_to_invoke_the_function(aws: LocalAws) -> None:
    arn = create(aws, "unpermitted", REPORT)
    source = {
        "Owner": "CUSTOM_LAMBDA",
        "SourceIdentifier": arn,
        "SourceDetails": [{"EventSource": "aws.config", "MessageType": "ScheduledNotification"}],
    }
    rule = {"ConfigRuleName": "unpermitted", "Source": source}
    refused(aws.client("config").put_config_rule, "InsufficientPermissionsException", ConfigRule=rule)


def evaluation(**changes: Any) -> dict[str, Any]:
    told = {"ComplianceResourceType": STACK, "ComplianceResourceId": STACK_ID, "ComplianceType": "COMPLIANT"}
    return {**told, "OrderingTimestamp": datetime.now(UTC), **changes}


def test_results_need_a_token_that_config_gave(aws: LocalAws) -> None:
    put_evaluations = aws.client("config").put_evaluations
    refused(put_evaluations, "InvalidResultTokenException", ResultToken="mine", Evaluations=[evaluation()])


def test_a_test_keeps_nothing(aws: LocalAws) -> None:
    client = aws.client("config")
    told = client.put_evaluations(ResultToken="any", TestMode=True, Evaluations=[evaluation()])
    assert told["FailedEvaluations"] == []


def test_at_most_100_results_are_taken_at_once(aws: LocalAws) -> None:
    put_evaluations, many = aws.client("config").put_evaluations, [evaluation()] * 101
    refused(put_evaluations, "ValidationException", ResultToken="any", Evaluations=many)


def test_insufficient_data_is_not_a_result(aws: LocalAws) -> None:
    put_evaluations, unsure = aws.client("config").put_evaluations, [evaluation(ComplianceType="INSUFFICIENT_DATA")]
    refused(put_evaluations, "InvalidParameterValueException", ResultToken="any", Evaluations=unsure)
