"""The pure parts of AWS Config: ids, triggers, scopes, pages, roll-ups, which requests matter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.unit.local_services.fakes import BUCKET, CHECKS, START, bucket, custom, definition
from workbench.local_aws.config import paging, rules
from workbench.local_aws.config.compliance import ComplianceReads
from workbench.local_aws.config.items import Item, key_of
from workbench.local_aws.config.observed import affected
from workbench.local_aws.config.recorded import InventoryReads
from workbench.local_aws.config.rules import Triggers
from workbench.local_aws.config.store import Row, Rule, RuleStatus, Store
from workbench.local_aws.service import AwsError, Call, RequestContext
from workbench.resources import Resource

HERE = RequestContext("111122223333", "eu-west-1")


@pytest.mark.parametrize(
    ("kind", "physical_id", "properties", "attributes", "key"),
    [
        pytest.param(BUCKET, "orders", {}, {}, (BUCKET, "orders"), id="a bucket by its name"),
        pytest.param(
            "AWS::ApiGateway::RestApi",
            "abc",
            {},
            {},
            ("AWS::ApiGateway::RestApi", "arn:aws:apigateway:eu-west-1::/restapis/abc"),
            id="a REST API by its ARN",
        ),
        pytest.param(
            "AWS::ApiGateway::Stage",
            "Prod",
            {"RestApiId": "abc", "StageName": "Prod"},
            {},
            ("AWS::ApiGateway::Stage", "arn:aws:apigateway:eu-west-1::/restapis/abc/stages/Prod"),
            id="a stage by the ARN that holds its API",
        ),
        pytest.param(
            "AWS::ApiGatewayV2::Stage",
            "$default",
            {"ApiId": "abc", "StageName": "$default"},
            {},
            ("AWS::ApiGatewayV2::Stage", "arn:aws:apigateway:eu-west-1::/apis/abc/stages/$default"),
            id="a stage of an HTTP API by its ARN",
        ),
        pytest.param("AWS::IAM::Role", "worker", {}, {"RoleId": "AROA1"}, ("AWS::IAM::Role", "AROA1"), id="a role"),
        pytest.param(
            "AWS::IAM::ManagedPolicy",
            "arn:policy",
            {},
            {"PolicyId": "ANPA1"},
            ("AWS::IAM::Policy", "ANPA1"),
            id="a managed policy as Config's policy",
        ),
        pytest.param("AWS::IAM::Policy", "inline", {}, {}, None, id="an inline policy not at all"),
        pytest.param("AWS::S3::BucketPolicy", "orders", {}, {}, None, id="a bucket policy not at all"),
        pytest.param("AWS::Lambda::Permission", "p", {}, {}, None, id="a permission not at all"),
        pytest.param(
            "AWS::Logs::LogGroup", "/logs", {}, {}, ("AWS::Logs::LogGroup", "/logs"), id="a log group by its name"
        ),
    ],
)
def test_config_names_a_resource(kind: str, physical_id: str, properties: Any, attributes: Any, key: Any) -> None:
    assert key_of(Resource("path", kind, physical_id, properties, attributes), HERE) == key


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(definition("ON_CHANGE"), Triggers(on_change=True, hours=None), id="a rule on change"),
        pytest.param(definition("PERIODIC"), Triggers(on_change=False, hours=24), id="a periodic rule, daily"),
        pytest.param(
            definition("PERIODIC", MaximumExecutionFrequency="Six_Hours"),
            Triggers(on_change=False, hours=6),
            id="a periodic rule with a frequency",
        ),
        pytest.param(definition("HYBRID"), Triggers(on_change=True, hours=24), id="a hybrid rule"),
        pytest.param(definition("UNHEARD_OF"), Triggers(on_change=False, hours=None), id="a rule without a check"),
        pytest.param(
            custom("ScheduledNotification", "ConfigurationItemChangeNotification"),
            Triggers(on_change=True, hours=24),
            id="a custom rule with both",
        ),
    ],
)
def test_what_triggers_a_rule(given: Any, expected: Triggers) -> None:
    assert rules.triggers(given, CHECKS) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        pytest.param({}, True, id="no scope holds everything"),
        pytest.param({"ComplianceResourceTypes": [BUCKET]}, True, id="its type"),
        pytest.param({"ComplianceResourceTypes": ["AWS::SQS::Queue"]}, False, id="another type"),
        pytest.param({"ComplianceResourceTypes": [BUCKET], "ComplianceResourceId": "orders"}, True, id="its id"),
        pytest.param({"ComplianceResourceTypes": [BUCKET], "ComplianceResourceId": "items"}, False, id="another id"),
        pytest.param({"TagKey": "team"}, True, id="its tag"),
        pytest.param({"TagKey": "team", "TagValue": "shop"}, True, id="its tag's value"),
        pytest.param({"TagKey": "team", "TagValue": "bank"}, False, id="another value"),
        pytest.param({"TagKey": "cost"}, False, id="another tag"),
    ],
)
def test_what_a_scope_holds(scope: Any, expected: bool) -> None:
    tagged = bucket("orders", Tags=[{"Key": "team", "Value": "shop"}])
    assert rules.in_scope(definition(Scope=scope), (BUCKET, "orders"), tagged) is expected


def test_pages_hold_all_and_nothing_twice() -> None:
    token, seen = None, []
    while True:
        shown, token = paging.page(range(7), token, 3)
        seen += shown
        if token is None:
            break
    assert seen == list(range(7))


@pytest.mark.parametrize("token", ["not base64!", "bm90IGEgbnVtYmVy", "OTk="])
def test_a_strange_token_is_refused(token: str) -> None:
    with pytest.raises(AwsError, match="nextToken"):
        paging.page(range(7), token, 3)


@pytest.mark.parametrize(
    ("service", "operation", "place"),
    [
        ("s3", "PUT /orders", "s3/orders"),
        ("s3", "PUT /orders/2026/item.json", None),
        ("dynamodb", "UpdateTable", "dynamodb"),
        ("dynamodb", "PutItem", None),
        ("lambda", "POST /2015-03-31/functions/first/invocations", None),
        ("lambda", "PUT /2015-03-31/functions/first/configuration", "lambda"),
        ("logs", "PutLogEvents", None),
        ("logs", "CreateLogGroup", "logs"),
    ],
)
def test_data_is_no_configuration(service: str, operation: str, place: str | None) -> None:
    assert affected(Call(service, operation, "eu-west-1", writes=True)) == place


def test_reading_changes_nothing() -> None:
    assert affected(Call("s3", "GET /orders", "eu-west-1", writes=False)) is None


def filled() -> Store:
    store = Store()
    for name in ("first", "second", "third"):
        store.rules[name] = Rule(definition(name=name), RuleStatus(START))
    verdicts = {"first": "COMPLIANT", "second": "NON_COMPLIANT"}
    store.put_rows(Row(rule, (BUCKET, "orders"), told, START, START, START) for rule, told in verdicts.items())
    store.record(Item((BUCKET, "orders"), bucket("orders"), START))
    store.record(Item((BUCKET, "quiet"), bucket("quiet"), START))
    return store


def ask(operation: str, *, page_size: int = 25, **parameters: Any) -> Any:
    store = filled()
    reads = {**ComplianceReads(lambda _: store, page_size).operations(), **InventoryReads(lambda _: store).operations()}
    return reads[operation](parameters, HERE)


def test_details_come_in_pages() -> None:
    which = {"ResourceType": BUCKET, "ResourceId": "orders"}
    first = ask("GetComplianceDetailsByResource", page_size=1, **which)
    second = ask("GetComplianceDetailsByResource", page_size=1, **which, NextToken=first["NextToken"])
    assert len(first["EvaluationResults"]) == len(second["EvaluationResults"]) == 1
    assert "NextToken" not in second


def test_details_can_be_filtered_but_not_by_insufficient_data() -> None:
    which = {"ResourceType": BUCKET, "ResourceId": "orders"}
    (row,) = ask("GetComplianceDetailsByResource", **which, ComplianceTypes=["NON_COMPLIANT"])["EvaluationResults"]
    assert row["EvaluationResultIdentifier"]["EvaluationResultQualifier"]["ConfigRuleName"] == "second"
    with pytest.raises(AwsError, match="INSUFFICIENT_DATA"):
        ask("GetComplianceDetailsByResource", **which, ComplianceTypes=["INSUFFICIENT_DATA"])


def test_a_type_without_an_id_is_refused() -> None:
    with pytest.raises(AwsError, match="both ResourceType and ResourceId"):
        ask("GetComplianceDetailsByResource", ResourceType=BUCKET)


def test_a_resource_is_as_compliant_as_its_worst_rule() -> None:
    described = {
        each["ResourceId"]: each["Compliance"] for each in ask("DescribeComplianceByResource")["ComplianceByResources"]
    }
    assert described["orders"]["ComplianceType"] == "NON_COMPLIANT"
    assert described["orders"]["ComplianceContributorCount"] == {"CappedCount": 1, "CapExceeded": False}
    assert described["quiet"] == {"ComplianceType": "INSUFFICIENT_DATA"}


def test_the_summary_counts_rules() -> None:
    summary = ask("GetComplianceSummaryByConfigRule")["ComplianceSummary"]
    assert summary["CompliantResourceCount"]["CappedCount"] == 1
    assert summary["NonCompliantResourceCount"]["CappedCount"] == 1


def test_resources_are_counted_by_type() -> None:
    counts = ask("GetDiscoveredResourceCounts")
    assert (counts["totalDiscoveredResources"], counts["resourceCounts"]) == (2, [{"resourceType": BUCKET, "count": 2}])


def test_at_most_20_ids_are_looked_up_and_not_beside_a_name() -> None:
    with pytest.raises(AwsError, match="20"):
        ask("ListDiscoveredResources", resourceType=BUCKET, resourceIds=["id"] * 21)
    with pytest.raises(AwsError, match="Both Resource ID and Resource Name"):
        ask("ListDiscoveredResources", resourceType=BUCKET, resourceIds=["id"], resourceName="name")


def test_a_deletion_is_listed_when_it_is_asked_for() -> None:
    store = filled()
    store.record(store.recorded[BUCKET, "quiet"].deleted(START + timedelta(hours=1)))
    ask_for = InventoryReads(lambda _: store).operations()["ListDiscoveredResources"]
    listed = ask_for({"resourceType": BUCKET, "includeDeletedResources": True}, HERE)
    assert listed is not None
    assert [each["resourceId"] for each in listed["resourceIdentifiers"]] == ["orders", "quiet"]
    assert listed["resourceIdentifiers"][1]["resourceDeletionTime"] == START + timedelta(hours=1)
