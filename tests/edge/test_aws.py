"""Every call to AWS that reads, or starts a Config rule: parameters, pages, and what becomes of errors."""

from datetime import UTC, datetime
from typing import Any

import pytest
from fitness.aws import Aws
from fitness.aws_problem import AwsProblem
from fitness.model import Cause, ConfigRule, Resource, Status

from tests.edge.stubbed import StubbedAws

STACK_ID = "arn:aws:cloudformation:eu-west-1:111122223333:stack/orders/1a"
NESTED_ID = "arn:aws:cloudformation:eu-west-1:111122223333:stack/orders-ConfigRules-2B/3c"
THEN = datetime(2026, 11, 22, 10, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 11, tzinfo=UTC)
ALL_TYPES = ["COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE"]


def stack(**more: Any) -> dict[str, Any]:
    known = {"StackName": "orders", "StackId": STACK_ID, "CreationTime": THEN, "StackStatus": "UPDATE_IN_PROGRESS"}
    return {"Stacks": [{**known, **more}]}


def summary(logical_id: str, physical_id: str | None, kind: str, status: str = "CREATE_COMPLETE") -> dict[str, Any]:
    row = {
        "LogicalResourceId": logical_id,
        "ResourceType": kind,
        "ResourceStatus": status,
        "LastUpdatedTimestamp": THEN,
    }
    return {**row, "PhysicalResourceId": physical_id} if physical_id else row


def row(rule: str, compliance: str) -> dict[str, Any]:
    qualifier = {"ConfigRuleName": rule, "ResourceType": "AWS::S3::Bucket", "ResourceId": "b-1"}
    return {
        "EvaluationResultIdentifier": {"EvaluationResultQualifier": qualifier, "OrderingTimestamp": THEN},
        "ComplianceType": compliance,
        "ResultRecordedTime": LATER,
        "ConfigRuleInvokedTime": THEN,
    }


def test_a_stack_was_updated_when_its_last_update_started(stubbed: StubbedAws, aws: Aws) -> None:
    stubbed.expect("cloudformation", "describe_stacks", {"StackName": "orders"}, stack(LastUpdatedTime=LATER))

    assert aws.stack("orders").updated_at == LATER


def test_a_new_stack_was_updated_when_it_was_created(stubbed: StubbedAws, aws: Aws) -> None:
    stubbed.expect("cloudformation", "describe_stacks", {"StackName": "orders"}, stack())

    found = aws.stack("orders")

    assert (found.updated_at, found.partition, found.region, found.account) == (
        THEN,
        "aws",
        "eu-west-1",
        "111122223333",
    )


@pytest.mark.parametrize(
    ("status", "rolling_back"),
    [
        pytest.param("UPDATE_IN_PROGRESS", False, id="an update under way is not"),
        pytest.param("UPDATE_ROLLBACK_IN_PROGRESS", True, id="an update being undone is"),
        pytest.param("ROLLBACK_IN_PROGRESS", True, id="a creation being undone is"),
        pytest.param("UPDATE_ROLLBACK_COMPLETE", False, id="an undone update no longer is"),
    ],
)
def test_rolling_back(stubbed: StubbedAws, aws: Aws, status: str, rolling_back: bool) -> None:
    stubbed.expect("cloudformation", "describe_stacks", {"StackName": "orders"}, stack(StackStatus=status))

    assert aws.stack("orders").rolling_back is rolling_back


def test_a_missing_stack_is_named_in_one_sentence(stubbed: StubbedAws, aws: Aws) -> None:
    stubbed.refuse("cloudformation", "describe_stacks", {"StackName": "orders"}, "ValidationError")

    with pytest.raises(AwsProblem, match=r"^cloudformation:DescribeStacks on orders failed: ValidationError: no$"):
        aws.stack("orders")


def test_resources_come_from_all_pages_and_nested_stacks(stubbed: StubbedAws, aws: Aws) -> None:
    table, nested = (
        summary("Table", "t-1", "AWS::DynamoDB::Table"),
        summary("Rules", NESTED_ID, "AWS::CloudFormation::Stack"),
    )
    page = {"StackResourceSummaries": [table], "NextToken": "more"}
    stubbed.expect("cloudformation", "list_stack_resources", {"StackName": STACK_ID}, page)
    rest = {"StackName": STACK_ID, "NextToken": "more"}
    stubbed.expect("cloudformation", "list_stack_resources", rest, {"StackResourceSummaries": [nested]})
    bucket = summary("Bucket", "b-1", "AWS::S3::Bucket")
    stubbed.expect(
        "cloudformation", "list_stack_resources", {"StackName": NESTED_ID}, {"StackResourceSummaries": [bucket]}
    )

    assert [resource.path for resource in aws.resources(STACK_ID)] == ["Table", "Rules", "Rules/Bucket"]


@pytest.mark.parametrize(
    "gone",
    [
        pytest.param(summary("A", None, "AWS::S3::Bucket", "CREATE_IN_PROGRESS"), id="one without a physical id"),
        pytest.param(summary("A", "a", "AWS::S3::Bucket", "DELETE_COMPLETE"), id="a deleted one"),
        pytest.param(summary("A", "a", "AWS::S3::Bucket", "DELETE_SKIPPED"), id="a retained one"),
        pytest.param(summary("A", "a", "AWS::S3::Bucket", "CREATE_FAILED"), id="one that could not be created"),
    ],
)
def test_resources_that_do_not_exist_are_left_out(stubbed: StubbedAws, aws: Aws, gone: dict[str, Any]) -> None:
    page = {"StackResourceSummaries": [gone, summary("B", "b", "AWS::S3::Bucket")]}
    stubbed.expect("cloudformation", "list_stack_resources", {"StackName": STACK_ID}, page)

    assert list(aws.resources(STACK_ID)) == [Resource("B", "AWS::S3::Bucket", "b", THEN)]


def test_rows_of_a_resource_come_from_all_pages(stubbed: StubbedAws, aws: Aws) -> None:
    asked = {"ResourceType": "AWS::S3::Bucket", "ResourceId": "b-1", "ComplianceTypes": ALL_TYPES}
    operation = "get_compliance_details_by_resource"
    stubbed.expect("config", operation, asked, {"EvaluationResults": [row("one", "COMPLIANT")], "NextToken": "more"})
    page = {"EvaluationResults": [row("two", "NON_COMPLIANT")]}
    stubbed.expect("config", operation, {**asked, "NextToken": "more"}, page)

    rows = aws.evaluations("AWS::S3::Bucket", "b-1", "Bucket")

    assert [(found.resource, found.config_rule, found.compliance) for found in rows] == [
        ("Bucket", "one", Status.COMPLIANT),
        ("Bucket", "two", Status.NON_COMPLIANT),
    ]
    assert (rows[0].ordering_at, rows[0].recorded_at) == (THEN, LATER)


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        pytest.param("AccessDeniedException", Cause.DENIED, id="a denied call"),
        pytest.param("ThrottlingException", Cause.ERROR, id="a call that stays throttled"),
        pytest.param("InvalidParameterValueException", Cause.ERROR, id="a resource that Config does not take"),
    ],
)
def test_rows_that_cannot_be_read_have_a_cause(stubbed: StubbedAws, aws: Aws, code: str, cause: Cause) -> None:
    asked = {"ResourceType": "AWS::S3::Bucket", "ResourceId": "b-1", "ComplianceTypes": ALL_TYPES}
    stubbed.refuse("config", "get_compliance_details_by_resource", asked, code)

    with pytest.raises(AwsProblem) as problem:
        aws.evaluations("AWS::S3::Bucket", "b-1", "Bucket")

    assert problem.value.cause is cause


def test_ids_are_discovered_by_name(stubbed: StubbedAws, aws: Aws) -> None:
    asked = {"resourceType": "AWS::IAM::Role", "resourceName": "role"}
    found = {"resourceIdentifiers": [{"resourceType": "AWS::IAM::Role", "resourceId": "AROA1", "resourceName": "role"}]}
    stubbed.expect("config", "list_discovered_resources", asked, found)

    assert aws.discovered_ids("AWS::IAM::Role", "role") == ["AROA1"]


@pytest.mark.parametrize("ids", [["b-1"], []], ids=["what the inventory holds is", "what it does not hold is not"])
def test_recorded(ids: list[str], stubbed: StubbedAws, aws: Aws) -> None:
    found = [{"resourceType": "AWS::S3::Bucket", "resourceId": each} for each in ids]
    asked = {"resourceType": "AWS::S3::Bucket", "resourceIds": ["b-1"]}
    stubbed.expect("config", "list_discovered_resources", asked, {"resourceIdentifiers": found})

    assert aws.is_recorded("AWS::S3::Bucket", "b-1") is bool(ids)


def test_all_config_rules_of_the_account_are_listed(stubbed: StubbedAws, aws: Aws) -> None:
    source = {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"}
    page = {"ConfigRules": [{"ConfigRuleName": "one", "Source": source}], "NextToken": "more"}
    stubbed.expect("config", "describe_config_rules", {}, page)
    rest = {"ConfigRules": [{"ConfigRuleName": "two", "Source": source}]}
    stubbed.expect("config", "describe_config_rules", {"NextToken": "more"}, rest)

    assert aws.config_rule_names() == ["one", "two"]


def test_the_state_of_config_rules_is_asked_for_25_names_at_a_time(stubbed: StubbedAws, aws: Aws) -> None:
    names = [f"rule-{number:02}" for number in range(30)]
    for batch in (names[:25], names[25:]):
        statuses = [{"ConfigRuleName": name, "FirstEvaluationStarted": True} for name in batch]
        answer = {"ConfigRulesEvaluationStatus": statuses}
        stubbed.expect("config", "describe_config_rule_evaluation_status", {"ConfigRuleNames": batch}, answer)

    assert [rule.name for rule in aws.config_rules(dict.fromkeys(names))] == names


def test_a_config_rule_deleted_by_hand_is_left_out_alone(stubbed: StubbedAws, aws: Aws) -> None:
    operation = "describe_config_rule_evaluation_status"
    stubbed.refuse("config", operation, {"ConfigRuleNames": ["gone", "here"]}, "NoSuchConfigRuleException")
    stubbed.refuse("config", operation, {"ConfigRuleNames": ["gone"]}, "NoSuchConfigRuleException")
    answer = {"ConfigRulesEvaluationStatus": [{"ConfigRuleName": "here", "FirstEvaluationStarted": True}]}
    stubbed.expect("config", operation, {"ConfigRuleNames": ["here"]}, answer)

    found = aws.config_rules({"gone": "Gone", "here": "Here"})

    assert found == [ConfigRule("here", "Here", first_evaluation_started=True)]


@pytest.mark.parametrize(
    ("times", "code"),
    [
        pytest.param({"LastFailedEvaluationTime": LATER, "LastSuccessfulEvaluationTime": THEN}, "E", id="fails now"),
        pytest.param({"LastFailedInvocationTime": LATER}, "E", id="has only ever failed"),
        pytest.param(
            {"LastFailedEvaluationTime": THEN, "LastSuccessfulEvaluationTime": LATER}, None, id="has recovered"
        ),
    ],
)
def test_the_error_of_a_config_rule_counts_while_it(
    stubbed: StubbedAws, aws: Aws, times: dict[str, datetime], code: str | None
) -> None:
    status = {"ConfigRuleName": "rule", "LastErrorCode": "E", "LastErrorMessage": "why", **times}
    asked = {"ConfigRuleNames": ["rule"]}
    answer = {"ConfigRulesEvaluationStatus": [status]}
    stubbed.expect("config", "describe_config_rule_evaluation_status", asked, answer)

    assert aws.config_rules({"rule": None})[0].last_error_code == code


def test_config_rules_are_started(stubbed: StubbedAws, aws: Aws) -> None:
    stubbed.expect("config", "start_config_rules_evaluation", {"ConfigRuleNames": ["rule"]}, {})

    assert aws.start_evaluation(["rule"])


@pytest.mark.parametrize("code", ["LimitExceededException", "ResourceInUseException", "ThrottlingException"])
def test_a_start_can_be_refused_for_now(stubbed: StubbedAws, aws: Aws, code: str) -> None:
    stubbed.refuse("config", "start_config_rules_evaluation", {"ConfigRuleNames": ["rule"]}, code)

    assert not aws.start_evaluation(["rule"])
