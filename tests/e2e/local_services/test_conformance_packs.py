"""Conformance packs: rules that come and go together, and their score."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.configuration import BUCKET, becomes, bucket, refused
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

PACK = """
Parameters:
  Days: {Type: String, Default: "30"}
Resources:
  Versioning:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: s3-bucket-versioning-enabled
      Source: {Owner: AWS, SourceIdentifier: S3_BUCKET_VERSIONING_ENABLED}
      Scope: {ComplianceResourceTypes: [AWS::S3::Bucket], ComplianceResourceId: packed}
  PublicAccess:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: s3-bucket-level-public-access-prohibited
      Source: {Owner: AWS, SourceIdentifier: S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED}
      Scope: {ComplianceResourceTypes: [AWS::S3::Bucket], ComplianceResourceId: packed}
"""
RETENTION = """
  Retention:
    Type: AWS::Config::ConfigRule
    Properties:
      Source: {Owner: AWS, SourceIdentifier: CW_LOGGROUP_RETENTION_PERIOD_CHECK}
      InputParameters: {MinRetentionTime: !Ref Days}
"""


def put(aws: LocalAws, name: str, template: str = PACK, **settings: Any) -> str:
    client = aws.client("config")
    client.put_conformance_pack(ConformancePackName=name, TemplateBody=template, **settings)
    assert eventually(lambda: status(aws, name)["ConformancePackState"] != "CREATE_IN_PROGRESS")
    return name


def status(aws: LocalAws, name: str) -> dict[str, Any]:
    described = aws.client("config").describe_conformance_pack_status(ConformancePackNames=[name])
    found: dict[str, Any] = described["ConformancePackStatusDetails"][0]
    return found


def rule_names(aws: LocalAws, pack: str) -> dict[str, str]:
    """The full names of a pack's rules, by the names in its template."""
    compliance = aws.client("config").describe_conformance_pack_compliance(ConformancePackName=pack)
    names = [each["ConfigRuleName"] for each in compliance["ConformancePackRuleComplianceList"]]
    return {name.partition("-conformance-pack-")[0]: name for name in names}


def score(aws: LocalAws, pack: str) -> str:
    filters = {"ConformancePackNames": [pack]}
    listed = aws.client("config").list_conformance_pack_compliance_scores(Filters=filters)
    return str(listed["ConformancePackComplianceScores"][0]["Score"])


def test_a_pack_has_a_score_that_follows_its_rules(aws: LocalAws) -> None:
    pack, name = put(aws, "storage"), bucket(aws, "packed")
    assert status(aws, pack)["ConformancePackState"] == "CREATE_COMPLETE"
    rules = rule_names(aws, pack)
    assert becomes(aws, rules["s3-bucket-versioning-enabled"], name, "NON_COMPLIANT")
    assert eventually(lambda: score(aws, pack) == "50.00")
    aws.client("s3").put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    assert eventually(lambda: score(aws, pack) == "100.00")
    summary = aws.client("config").get_conformance_pack_compliance_summary(ConformancePackNames=[pack])
    assert summary["ConformancePackComplianceSummaryList"][0]["ConformancePackComplianceStatus"] == "COMPLIANT"


def test_a_packs_results_can_be_chosen(aws: LocalAws) -> None:
    pack = put(aws, "chosen", PACK.replace("packed", "chosen"))
    name, rules = bucket(aws, "chosen"), rule_names(aws, pack)
    assert becomes(aws, rules["s3-bucket-versioning-enabled"], name, "NON_COMPLIANT")
    details, which = aws.client("config").get_conformance_pack_compliance_details, {"ConformancePackName": pack}
    filters = {"ComplianceType": "NON_COMPLIANT", "ResourceType": BUCKET, "ResourceIds": [name]}
    (found,) = details(**which, Filters=filters)["ConformancePackRuleEvaluationResults"]
    assert found["Annotation"] == "Versioning is off."
    stranger = {"ConfigRuleNames": ["stranger"]}
    refused(details, "NoSuchConfigRuleInConformancePackException", **which, Filters=stranger)


def test_the_rules_of_a_pack_tell_who_made_them(aws: LocalAws) -> None:
    name = rule_names(aws, put(aws, "told"))["s3-bucket-versioning-enabled"]
    (rule,) = aws.client("config").describe_config_rules(ConfigRuleNames=[name])["ConfigRules"]
    assert rule["CreatedBy"] == "config-conforms.amazonaws.com"


def test_a_pack_is_updated_with_its_parameters(aws: LocalAws) -> None:
    pack = put(aws, "updated")
    given = [{"ParameterName": "Days", "ParameterValue": "90"}]
    put(aws, pack, PACK + RETENTION, ConformancePackInputParameters=given)
    name = rule_names(aws, pack)["Retention"]
    (rule,) = aws.client("config").describe_config_rules(ConfigRuleNames=[name])["ConfigRules"]
    assert rule["InputParameters"] == '{"MinRetentionTime": "90"}'


def test_a_deleted_pack_takes_its_rules_along(aws: LocalAws) -> None:
    client, names = aws.client("config"), rule_names(aws, put(aws, "deleted"))
    client.delete_conformance_pack(ConformancePackName="deleted")
    assert eventually(lambda: "deleted" not in str(client.describe_conformance_packs()["ConformancePackDetails"]))
    refused(client.describe_config_rules, "NoSuchConfigRuleException", ConfigRuleNames=[*names.values()])
    refused(client.describe_conformance_packs, "NoSuchConformancePackException", ConformancePackNames=["deleted"])


def test_a_rule_that_aws_does_not_know_fails_the_pack_with_its_reason(aws: LocalAws) -> None:
    found = status(aws, put(aws, "failing", PACK.replace("S3_BUCKET_VERSIONING_ENABLED", "NO_SUCH_RULE")))
    assert found["ConformancePackState"] == "CREATE_FAILED"
    assert "The sourceIdentifier NO_SUCH_RULE is invalid" in found["ConformancePackStatusReason"]


def test_a_pack_holds_rules_alone(aws: LocalAws) -> None:
    with pytest.raises(ClientError, match=r"The resource Queue has the type AWS::SQS::Queue") as error:
        put(aws, "wrong", "Resources: {Queue: {Type: AWS::SQS::Queue}}")
    assert error.value.response["Error"]["Code"] == "ConformancePackTemplateValidationException"


def test_a_pack_without_a_template_is_refused(aws: LocalAws) -> None:
    put_pack = aws.client("config").put_conformance_pack
    refused(put_pack, "InvalidParameterValueException", ConformancePackName="empty")


def test_cloudformation_makes_packs(aws: LocalAws) -> None:
    pack = {"ConformancePackName": "of-a-template", "TemplateBody": PACK}
    template = {"Resources": {"Pack": {"Type": "AWS::Config::ConformancePack", "Properties": pack}}}
    cloudformation, config = aws.client("cloudformation"), aws.client("config")
    cloudformation.create_stack(StackName="packs", TemplateBody=json.dumps(template))
    cloudformation.get_waiter("stack_create_complete").wait(StackName="packs", WaiterConfig={"Delay": 1})
    assert len(rule_names(aws, "of-a-template")) == 2
    cloudformation.delete_stack(StackName="packs")
    cloudformation.get_waiter("stack_delete_complete").wait(StackName="packs", WaiterConfig={"Delay": 1})
    refused(config.describe_conformance_packs, "NoSuchConformancePackException", ConformancePackNames=["of-a-template"])
