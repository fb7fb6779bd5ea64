"""Custom policy rules: policies in Guard's language judge what AWS Config records."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.configuration import TABLE, becomes, bucket, put_rule, refused, rows, status, table
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

RECOVERY = """
let status = ['ACTIVE']

rule table_is_active when resourceType == "AWS::DynamoDB::Table" {
    configuration.tableStatus == %status
}

rule recovers when resourceType == "AWS::DynamoDB::Table" table_is_active {
    let recovery = supplementaryConfiguration.ContinuousBackupsDescription.pointInTimeRecoveryDescription
    %recovery.pointInTimeRecoveryStatus == "ENABLED" <<Orders must be recoverable>>
}
"""
VERSIONED = """
rule versioned when resourceType == "AWS::S3::Bucket" resourceName == CONFIG_RULE_PARAMETERS.bucket {
    supplementaryConfiguration.BucketVersioningConfiguration.status == "Enabled"
}
"""


def put_policy(
    aws: LocalAws, name: str, text: str, *, kind: str = "ConfigurationItemChangeNotification", **settings: Any
) -> str:
    source = {
        "Owner": "CUSTOM_POLICY",
        "SourceDetails": [{"EventSource": "aws.config", "MessageType": kind}],
        "CustomPolicyDetails": {"PolicyRuntime": "guard-2.x.x", "PolicyText": text},
    }
    aws.client("config").put_config_rule(ConfigRule={"ConfigRuleName": name, "Source": source, **settings})
    return name


def refusal(aws: LocalAws, text: str, **settings: Any) -> str:
    with pytest.raises(ClientError) as error:
        put_policy(aws, "refused", text, **settings)
    assert error.value.response["Error"]["Code"] == "InvalidParameterValueException"
    return str(error.value.response["Error"]["Message"])


def test_a_policy_judges_tables_and_says_why(aws: LocalAws) -> None:
    rule = put_policy(aws, "recovery", RECOVERY)
    name = table(aws, "orders")
    assert becomes(aws, rule, name, "NON_COMPLIANT", TABLE)
    assert rows(aws, TABLE, name)[rule]["Annotation"] == "Orders must be recoverable"


def test_a_change_by_hand_changes_what_a_policy_says(aws: LocalAws) -> None:
    rule = put_policy(aws, "recovery-by-hand", RECOVERY)
    name = table(aws, "changed-by-hand")
    assert becomes(aws, rule, name, "NON_COMPLIANT", TABLE)
    on = {"PointInTimeRecoveryEnabled": True}
    aws.client("dynamodb").update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=on)
    assert becomes(aws, rule, name, "COMPLIANT", TABLE)
    assert "Annotation" not in rows(aws, TABLE, name)[rule]


def test_what_a_policy_skips_has_no_result(aws: LocalAws) -> None:
    policy, managed = put_policy(aws, "tables-only", RECOVERY), put_rule(aws, "S3_BUCKET_VERSIONING_ENABLED")
    name = bucket(aws, "not-a-table")
    assert becomes(aws, managed, name, "NON_COMPLIANT")
    assert eventually(lambda: status(aws, policy)["FirstEvaluationStarted"])
    assert policy not in rows(aws, "AWS::S3::Bucket", name)


def test_parameters_reach_a_policy(aws: LocalAws) -> None:
    rule = put_policy(aws, "parameterised", VERSIONED, InputParameters='{"bucket": "named-in-a-parameter"}')
    assert becomes(aws, rule, bucket(aws, "named-in-a-parameter"), "NON_COMPLIANT")


def test_the_text_is_read_by_a_call_of_its_own(aws: LocalAws) -> None:
    rule = put_policy(aws, "read-back", RECOVERY)
    config = aws.client("config")
    source = config.describe_config_rules(ConfigRuleNames=[rule])["ConfigRules"][0]["Source"]
    assert source["CustomPolicyDetails"] == {"PolicyRuntime": "guard-2.x.x", "EnableDebugLogDelivery": False}
    assert config.get_custom_rule_policy(ConfigRuleName=rule)["PolicyText"] == RECOVERY


def test_only_custom_policy_rules_have_a_text(aws: LocalAws) -> None:
    rule = put_rule(aws, "S3_BUCKET_LOGGING_ENABLED")
    refused(aws.client("config").get_custom_rule_policy, "NoSuchConfigRuleException", ConfigRuleName=rule)


def test_a_policy_that_cannot_be_parsed_is_refused_with_the_place(aws: LocalAws) -> None:
    message = refusal(aws, "rule broken {\n  configuration.x ==\n}")
    assert message.startswith("The PolicyText is invalid. Parser error at line 2, column 21, expecting")


def test_a_policy_follows_changes_alone(aws: LocalAws) -> None:
    assert "ScheduledNotification is invalid if the owner is CUSTOM_POLICY" in refusal(
        aws, RECOVERY, kind="ScheduledNotification"
    )


def test_cloudformation_makes_and_updates_policy_rules(aws: LocalAws) -> None:
    name = table(aws, "of-a-template")
    template = """
        {"Resources": {"Rule": {"Type": "AWS::Config::ConfigRule", "Properties": {
            "ConfigRuleName": "of-a-template",
            "Source": {
                "Owner": "CUSTOM_POLICY",
                "SourceDetails": [{"EventSource": "aws.config", "MessageType": "ConfigurationItemChangeNotification"}],
                "CustomPolicyDetails": {"PolicyRuntime": "guard-2.x.x", "EnableDebugLogDelivery": "false", "PolicyText":
                    "rule named when resourceType == \\"AWS::DynamoDB::Table\\" { resourceName == \\"%s\\" }"}
            }}}}}
    """
    cloudformation = aws.client("cloudformation")
    cloudformation.create_stack(StackName="policies", TemplateBody=template % "another")
    assert becomes(aws, "of-a-template", name, "NON_COMPLIANT", TABLE)
    cloudformation.get_waiter("stack_create_complete").wait(StackName="policies", WaiterConfig={"Delay": 1})
    cloudformation.update_stack(StackName="policies", TemplateBody=template % name)
    assert becomes(aws, "of-a-template", name, "COMPLIANT", TABLE)
