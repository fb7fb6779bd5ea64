"""What a preview says of each rule on each resource, and where."""

from __future__ import annotations

import pytest

from tests.unit.preview.applications import application, findings, rules
from workbench.managed_rules import Verdict
from workbench.preview.findings import find

TOPIC_RULE = "sns-encrypted-kms"
POLICY_RULE = """
    version: 1
    categories: {security: {title: Security}}
    rules:
      s3-bucket-ssl-requests-only:
        {title: x, category: security, severity: medium, resource_types: [AWS::S3::Bucket]}
"""
DENY_HTTP = """
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: "*"
                    Action: "s3:*"
                    Resource: "*"
                    Condition: {Bool: {"aws:SecureTransport": "false"}}
"""


@pytest.mark.parametrize(
    ("properties", "verdict", "line"),
    [
        pytest.param("{KmsMasterKeyId: alias/orders}", Verdict.COMPLIANT, 4, id="encrypted"),
        pytest.param("{TopicName: orders}", Verdict.NON_COMPLIANT, 3, id="not encrypted"),
        pytest.param("{KmsMasterKeyId: !ImportValue key}", Verdict.UNKNOWN, 4, id="encrypted with what nobody knows"),
    ],
)
def test_a_resource_is_judged_and_placed(properties: str, verdict: Verdict, line: int) -> None:
    text = f"Resources:\n\n  Topic: {{Type: AWS::SNS::Topic,\n    Properties: {properties}}}\n"
    found = findings(text)[TOPIC_RULE, "Topic"]
    assert (found.finding.verdict, found.place.line) == (verdict, line)


def test_only_expected_pairs_are_judged() -> None:
    text = "Resources: {Topic: {Type: AWS::SNS::Topic}, Queue: {Type: AWS::SQS::Queue}}"
    assert findings(text).keys() == {(TOPIC_RULE, "Topic")}


def test_a_resource_that_may_not_exist_is_unknown() -> None:
    text = """
        Parameters: {Stage: {Type: String}}
        Conditions: {IsProd: !Equals [!Ref Stage, prod]}
        Resources: {Topic: {Type: AWS::SNS::Topic, Condition: IsProd}, Other: {Type: AWS::SNS::Topic}}
    """
    finding = findings(text)[TOPIC_RULE, "Topic"].finding
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.message == "Whether Topic exists is not known: parameter Stage has no value."


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        pytest.param("", Verdict.COMPLIANT, id="a policy that is there"),
        pytest.param("Condition: IsProd", Verdict.UNKNOWN, id="a policy that may be there"),
    ],
)
def test_what_may_surround_a_resource_must_make_no_difference(condition: str, verdict: Verdict) -> None:
    text = f"""
        Parameters: {{Stage: {{Type: String}}}}
        Conditions: {{IsProd: !Equals [!Ref Stage, prod]}}
        Resources:
          Bucket: {{Type: AWS::S3::Bucket}}
          Policy:
            Type: AWS::S3::BucketPolicy
            {condition}
            Properties:
              Bucket: !Ref Bucket
{DENY_HTTP}
    """
    found = findings(text, rules(POLICY_RULE))["s3-bucket-ssl-requests-only", "Bucket"]
    assert found.finding.verdict is verdict


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        pytest.param(
            "lambda: Function", "own-rule is a custom rule: it is evaluated after deployment only.", id="custom"
        ),
        pytest.param("managed: EC2_EIP_ATTACHED", "EC2_EIP_ATTACHED has no offline check.", id="without a check"),
    ],
)
def test_what_cannot_be_judged_offline_says_why(rule: str, message: str) -> None:
    catalogue = f"""
        version: 1
        categories: {{security: {{title: Security}}}}
        rules:
          own-rule: {{title: x, category: security, severity: low, {rule}, resource_types: [AWS::SNS::Topic]}}
    """
    found = findings("Resources: {Topic: {Type: AWS::SNS::Topic}}", rules(catalogue))["own-rule", "Topic"]
    assert (found.finding.verdict, found.finding.message) == (Verdict.UNKNOWN, message)


def test_findings_follow_the_catalogue_and_the_template() -> None:
    read = application("Resources: {B: {Type: AWS::SNS::Topic}, A: {Type: AWS::SNS::Topic}}")
    assert [found.resource for found in find(rules(), read)] == ["B", "A"]
