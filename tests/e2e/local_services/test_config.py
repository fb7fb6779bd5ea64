"""AWS Config sees what any client changes, evaluates rules, and answers with the limits and errors of AWS."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.configuration import (
    BUCKET,
    TABLE,
    becomes,
    bucket,
    put_rule,
    refused,
    rows,
    status,
    table,
)
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow


def test_a_new_rule_judges_what_is_recorded_already(aws: LocalAws) -> None:
    bucket(aws, "known-before")
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED", name="later")
    assert becomes(aws, rule, "known-before", "NON_COMPLIANT")
    row = rows(aws, BUCKET, "known-before")[rule]
    assert row["Annotation"] == "Versioning is off."
    assert row["ResultRecordedTime"] >= row["EvaluationResultIdentifier"]["OrderingTimestamp"]


def test_a_change_by_any_client_changes_the_result(aws: LocalAws) -> None:
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED")
    bucket(aws, "drifting")
    assert becomes(aws, rule, "drifting", "NON_COMPLIANT")
    aws.client("s3").put_bucket_versioning(Bucket="drifting", VersioningConfiguration={"Status": "Enabled"})
    assert becomes(aws, rule, "drifting", "COMPLIANT")


def test_a_bucket_policy_is_a_change_of_its_bucket(aws: LocalAws) -> None:
    rule = put_rule(aws, "S3_BUCKET_SSL_REQUESTS_ONLY")
    name = bucket(aws, "guarded")
    assert becomes(aws, rule, name, "NON_COMPLIANT")
    deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:*"}
    resources = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    statement = {**deny, "Resource": resources, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    aws.client("s3").put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    assert becomes(aws, rule, name, "COMPLIANT")


def test_a_new_bucket_is_closed_until_its_block_is_deleted(aws: LocalAws) -> None:
    rule = put_rule(aws, "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED")
    bucket(aws, "closed-at-first")
    assert becomes(aws, rule, "closed-at-first", "COMPLIANT")
    aws.client("s3").delete_public_access_block(Bucket="closed-at-first")
    assert becomes(aws, rule, "closed-at-first", "NON_COMPLIANT")


def test_the_ordering_time_is_that_of_the_change_not_of_the_evaluation(aws: LocalAws) -> None:
    rule = put_rule(aws, "DYNAMODB_PITR_ENABLED")
    table(aws, "ordered")
    assert becomes(aws, rule, "ordered", "NON_COMPLIANT", TABLE)
    row = rows(aws, TABLE, "ordered")[rule]
    delay = row["ConfigRuleInvokedTime"] - row["EvaluationResultIdentifier"]["OrderingTimestamp"]
    assert delay.total_seconds() >= aws.options.recording_delay


def test_results_that_do_not_apply_are_not_kept(aws: LocalAws) -> None:
    only = {"InputParameters": json.dumps({"bucketNames": "another"})}
    rule = put_rule(aws, "S3_LIFECYCLE_POLICY_CHECK", **only)
    bucket(aws, "not-meant")
    assert eventually(lambda: "later" in rows(aws, BUCKET, "not-meant") or status(aws, rule)["FirstEvaluationStarted"])
    assert rule not in rows(aws, BUCKET, "not-meant")


def test_an_unknown_resource_has_an_empty_list(aws: LocalAws) -> None:
    assert rows(aws, BUCKET, "nobody-made-this") == {}


def test_the_results_of_a_deleted_resource_disappear(aws: LocalAws) -> None:
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED")
    bucket(aws, "short-lived")
    assert becomes(aws, rule, "short-lived", "NON_COMPLIANT")
    aws.client("s3").delete_bucket(Bucket="short-lived")
    assert becomes(aws, rule, "short-lived", None)


def test_deleting_a_rule_deletes_its_results(aws: LocalAws) -> None:
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED", name="temporary")
    bucket(aws, "outlives-its-rule")
    assert becomes(aws, rule, "outlives-its-rule", "NON_COMPLIANT")
    aws.client("config").delete_config_rule(ConfigRuleName=rule)
    assert rule not in rows(aws, BUCKET, "outlives-its-rule")


def test_a_started_periodic_rule_judges_at_once(aws: LocalAws) -> None:
    rule = put_rule(aws, "CW_LOGGROUP_RETENTION_PERIOD_CHECK")
    assert eventually(lambda: status(aws, rule)["FirstEvaluationStarted"])
    logs = aws.client("logs")
    logs.create_log_group(logGroupName="short")
    logs.put_retention_policy(logGroupName="short", retentionInDays=1)
    aws.client("config").start_config_rules_evaluation(ConfigRuleNames=[rule])
    assert becomes(aws, rule, "short", "NON_COMPLIANT", "AWS::Logs::LogGroup")


def test_a_rule_that_cannot_judge_says_why_in_its_status(aws: LocalAws) -> None:
    rule = put_rule(aws, "EC2_EBS_ENCRYPTION_BY_DEFAULT")
    assert eventually(lambda: "LastErrorCode" in status(aws, rule))
    assert "EC2_EBS_ENCRYPTION_BY_DEFAULT" in status(aws, rule)["LastErrorMessage"]


def test_a_rule_that_was_never_evaluated_says_so(aws: LocalAws) -> None:
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED", name="just-made")
    found = status(aws, rule)
    assert (found["FirstEvaluationStarted"], "LastSuccessfulEvaluationTime" in found) == (False, False)


def test_insufficient_data_exists_in_summaries_only(aws: LocalAws) -> None:
    scope = {"Scope": {"ComplianceResourceTypes": [BUCKET], "ComplianceResourceId": "nowhere"}}
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED", name="without-resources", **scope)
    described = aws.client("config").describe_compliance_by_config_rule(ConfigRuleNames=[rule])
    assert described["ComplianceByConfigRules"][0]["Compliance"] == {"ComplianceType": "INSUFFICIENT_DATA"}
    details = aws.client("config").get_compliance_details_by_config_rule(ConfigRuleName=rule)
    assert details["EvaluationResults"] == []


def test_a_rule_scoped_by_tag_judges_tagged_resources_only(aws: LocalAws) -> None:
    scope = {"Scope": {"TagKey": "team", "TagValue": "shop"}}
    rule = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED", name="tagged", **scope)
    for name in ("of-the-shop", "of-nobody"):
        bucket(aws, name)
    tags = {"TagSet": [{"Key": "team", "Value": "shop"}]}
    aws.client("s3").put_bucket_tagging(Bucket="of-the-shop", Tagging=tags)
    assert becomes(aws, rule, "of-the-shop", "NON_COMPLIANT")
    assert rule not in rows(aws, BUCKET, "of-nobody")


def test_recorded_resources_are_listed_with_configs_own_ids(aws: LocalAws) -> None:
    api = aws.client("apigateway").create_rest_api(name="shop")["id"]
    role = aws.client("iam").create_role(RoleName="listed", AssumeRolePolicyDocument="{}")["Role"]
    client = aws.client("config")

    def ids(kind: str, **which: str) -> list[str]:
        listed = client.list_discovered_resources(resourceType=kind, **which)
        return [each["resourceId"] for each in listed["resourceIdentifiers"]]

    arn = f"arn:aws:apigateway:eu-west-1::/restapis/{api}"
    assert eventually(lambda: arn in ids("AWS::ApiGateway::RestApi"))
    assert eventually(lambda: ids("AWS::IAM::Role", resourceName="listed") == [role["RoleId"]])


def test_the_recorded_configuration_can_be_read(aws: LocalAws) -> None:
    bucket(aws, "described")
    keys = [{"resourceType": BUCKET, "resourceId": name} for name in ("described", "nobody-made-this")]
    client = aws.client("config")
    assert eventually(lambda: client.batch_get_resource_config(resourceKeys=keys)["baseConfigurationItems"])
    (item,) = client.batch_get_resource_config(resourceKeys=keys)["baseConfigurationItems"]
    assert json.loads(item["configuration"])["name"] == "described"
    assert item["configurationItemStatus"] == "ResourceDiscovered"


def test_the_history_holds_every_item_newest_first(aws: LocalAws) -> None:
    bucket(aws, "with-history")
    client, which = aws.client("config"), {"resourceType": BUCKET, "resourceId": "with-history"}
    assert eventually(lambda: "with-history" in str(client.list_discovered_resources(resourceType=BUCKET)))
    aws.client("s3").put_bucket_versioning(Bucket="with-history", VersioningConfiguration={"Status": "Enabled"})
    assert eventually(lambda: len(client.get_resource_config_history(**which)["configurationItems"]) == 2)
    newest, oldest = client.get_resource_config_history(**which)["configurationItems"]
    assert newest["configurationItemCaptureTime"] > oldest["configurationItemCaptureTime"]


def test_at_most_25_rules_are_described_or_started_at_once(aws: LocalAws) -> None:
    names, client = [f"rule-{number}" for number in range(26)], aws.client("config")
    refused(client.describe_config_rules, "ValidationException", ConfigRuleNames=names)
    refused(client.describe_config_rule_evaluation_status, "ValidationException", ConfigRuleNames=names)
    refused(client.start_config_rules_evaluation, "ValidationException", ConfigRuleNames=names)


def test_an_unknown_rule_is_refused_by_every_operation(aws: LocalAws) -> None:
    client, code = aws.client("config"), "NoSuchConfigRuleException"
    refused(client.describe_config_rules, code, ConfigRuleNames=["nobody"])
    refused(client.start_config_rules_evaluation, code, ConfigRuleNames=["nobody"])
    refused(client.get_compliance_details_by_config_rule, code, ConfigRuleName="nobody")
    refused(client.describe_compliance_by_config_rule, code, ConfigRuleNames=["nobody"])
    refused(client.delete_config_rule, code, ConfigRuleName="nobody")


@pytest.mark.parametrize(
    ("identifier", "parameters", "message"),
    [
        ("S3_NO_SUCH_RULE", {}, "The sourceIdentifier S3_NO_SUCH_RULE is invalid"),
        ("LAMBDA_FUNCTION_SETTINGS_CHECK", {}, "The required parameter [runtime] is not present"),
        ("S3_BUCKET_VERSIONING_ENABLED", {"color": "red"}, "Unknown parameters provided"),
        ("LAMBDA_CONCURRENCY_CHECK", {"ConcurrencyLimitHigh": 5}, "Blank spaces are not acceptable"),
    ],
)
def test_an_invalid_rule_is_refused(aws: LocalAws, identifier: str, parameters: Any, message: str) -> None:
    with pytest.raises(ClientError) as error:
        put_rule(aws, identifier, InputParameters=json.dumps(parameters))
    assert error.value.response["Error"]["Code"] == "InvalidParameterValueException"
    assert message in error.value.response["Error"]["Message"]


def test_a_rule_keeps_its_arn_when_it_is_changed(aws: LocalAws) -> None:
    name, client = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED", name="changed"), aws.client("config")
    before = client.describe_config_rules(ConfigRuleNames=[name])["ConfigRules"][0]
    put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED", name=name, Description="now with a description")
    after = client.describe_config_rules(ConfigRuleNames=[name])["ConfigRules"][0]
    assert (after["ConfigRuleArn"], after["Description"]) == (before["ConfigRuleArn"], "now with a description")


def test_a_rule_can_be_tagged(aws: LocalAws) -> None:
    name, client = put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED", name="labelled"), aws.client("config")
    arn = client.describe_config_rules(ConfigRuleNames=[name])["ConfigRules"][0]["ConfigRuleArn"]
    client.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "shop"}])
    assert client.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "shop"}]


def test_what_is_recorded_can_be_queried(aws: LocalAws) -> None:
    table(aws, "queried")
    properties, condition = "resourceId, configuration.tableStatus", "resourceId = 'queried'"
    expression = f"SELECT {properties} WHERE resourceType = '{TABLE}' AND {condition}"
    select = aws.client("config").select_resource_config
    (result,) = eventually(lambda: select(Expression=expression)["Results"])
    assert json.loads(result) == {"resourceId": "queried", "configuration": {"tableStatus": "ACTIVE"}}
    refused(select, "InvalidExpressionException", Expression="SELECT resourceId FROM resources")


def test_an_account_without_an_organization_has_no_rules_of_one(aws: LocalAws) -> None:
    refused(aws.client("config").describe_organization_conformance_packs, "OrganizationAccessDeniedException")


def test_rules_are_chosen_by_their_evaluation_mode(aws: LocalAws) -> None:
    proactive = put_rule(aws, "S3_BUCKET_LOGGING_ENABLED", name="ahead", EvaluationModes=[{"Mode": "PROACTIVE"}])
    found = aws.client("config").describe_config_rules(Filters={"EvaluationMode": "PROACTIVE"})["ConfigRules"]
    assert [rule["ConfigRuleName"] for rule in found] == [proactive]


@pytest.mark.parametrize(
    "changes",
    [
        {"Source": {"Owner": "AWS"}},
        {"InputParameters": "[1]"},
        {"Scope": {"ComplianceResourceId": "alone"}},
    ],
)
def test_rules_that_make_no_sense_are_refused(aws: LocalAws, changes: dict[str, Any]) -> None:
    source = {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_LOGGING_ENABLED"}
    rule = {"ConfigRuleName": "senseless", "Source": source, **changes}
    refused(aws.client("config").put_config_rule, "InvalidParameterValueException", ConfigRule=rule)
