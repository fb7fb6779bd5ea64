"""Requests that AWS Config's model does not allow."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.local_aws.config.constraints import check
from workbench.local_aws.service import AwsError


@pytest.mark.parametrize(
    ("operation", "parameters", "problem"),
    [
        (
            "DeleteConfigRule",
            {},
            "Value null at 'configRuleName' failed to satisfy constraint: Member must not be null",
        ),
        (
            "PutConfigRule",
            {"ConfigRule": {"Source": {"Owner": "NOBODY"}}},
            "Value 'NOBODY' at 'configRule.source.owner' failed to satisfy constraint: "
            "Member must satisfy enum value set: [CUSTOM_LAMBDA, AWS, CUSTOM_POLICY]",
        ),
        (
            "DescribeConfigRules",
            {"ConfigRuleNames": ["ok", "x" * 129]},
            "at 'configRuleNames.2.member' failed to satisfy constraint: "
            "Member must have length less than or equal to 128",
        ),
        (
            "PutRetentionConfiguration",
            {"RetentionPeriodInDays": 3},
            "Value '3' at 'retentionPeriodInDays' failed to satisfy constraint: "
            "Member must have value greater than or equal to 30",
        ),
    ],
)
def test_what_is_wrong_is_told_as_aws_tells_it(operation: str, parameters: dict[str, Any], problem: str) -> None:
    with pytest.raises(AwsError) as refusal:
        check(operation, parameters)
    assert refusal.value.code == "ValidationException"
    assert refusal.value.message.startswith("1 validation error detected: ")
    assert problem in refusal.value.message


def test_all_problems_are_counted() -> None:
    with pytest.raises(AwsError, match=r"^2 validation errors detected: ") as refusal:
        check("TagResource", {})
    assert "'resourceArn'" in refusal.value.message
    assert "'tags'" in refusal.value.message


def test_what_the_model_allows_passes() -> None:
    check(
        "PutConfigRule", {"ConfigRule": {"Source": {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_LOGGING_ENABLED"}}}
    )
