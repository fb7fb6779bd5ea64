"""Resources to judge, rules to judge them, and the results, for tests of AWS Config."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pytest
from botocore.exceptions import ClientError

from tests.e2e.waiting import eventually


class Clients(Protocol):
    """The local AWS, or one region of it."""

    def client(self, service_name: str, /) -> Any: ...


BUCKET, TABLE = "AWS::S3::Bucket", "AWS::DynamoDB::Table"


def bucket(aws: Clients, name: str) -> str:
    client = aws.client("s3")
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": client.meta.region_name})
    return name


def table(aws: Clients, name: str, **settings: Any) -> str:
    key = {"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}
    attributes = {"AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}
    aws.client("dynamodb").create_table(
        TableName=name, **key, **attributes, **{"BillingMode": "PAY_PER_REQUEST", **settings}
    )
    return name


def put_rule(aws: Clients, identifier: str, *, name: str | None = None, **settings: Any) -> str:
    name = name or identifier.lower().replace("_", "-")
    source = {"Owner": "AWS", "SourceIdentifier": identifier}
    aws.client("config").put_config_rule(ConfigRule={"ConfigRuleName": name, "Source": source, **settings})
    return name


def rows(aws: Clients, kind: str, resource: str) -> dict[str, Mapping[str, Any]]:
    """The results of a resource, by rule."""
    pages = aws.client("config").get_paginator("get_compliance_details_by_resource")
    found = pages.paginate(ResourceType=kind, ResourceId=resource).build_full_result()["EvaluationResults"]
    return {row["EvaluationResultIdentifier"]["EvaluationResultQualifier"]["ConfigRuleName"]: row for row in found}


def compliance(aws: Clients, rule: str, resource: str, kind: str = BUCKET) -> str | None:
    row = rows(aws, kind, resource).get(rule)
    return row["ComplianceType"] if row else None


def becomes(aws: Clients, rule: str, resource: str, expected: str | None, kind: str = BUCKET) -> bool:
    return bool(eventually(lambda: compliance(aws, rule, resource, kind) == expected))


def status(aws: Clients, rule: str) -> dict[str, Any]:
    described = aws.client("config").describe_config_rule_evaluation_status(ConfigRuleNames=[rule])
    found: dict[str, Any] = described["ConfigRulesEvaluationStatus"][0]
    return found


def refused(call: Any, code: str, **parameters: Any) -> None:
    with pytest.raises(ClientError) as error:
        call(**parameters)
    assert error.value.response["Error"]["Code"] == code
