"""Queries on what AWS Config has recorded."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.local_aws.config.queries import run
from workbench.local_aws.config.query_language import parse

FUNCTION, TABLE = "AWS::Lambda::Function", "AWS::DynamoDB::Table"
ITEMS: list[dict[str, Any]] = [
    {
        "resourceId": "hook",
        "resourceType": FUNCTION,
        "configuration": {"memorySize": 128, "layers": [{"arn": "a"}, {"arn": "b"}]},
        "tags": [{"key": "team", "value": "shop"}],
    },
    {"resourceId": "orders", "resourceType": TABLE, "configuration": {"deletionProtectionEnabled": True}, "tags": []},
    {"resourceId": "pay", "resourceType": FUNCTION, "configuration": {"memorySize": 512, "layers": []}, "tags": []},
]


def ids(condition: str) -> list[str]:
    return [row["resourceId"] for row in run(parse(f"SELECT resourceId WHERE {condition}"), ITEMS)]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("resourceType = 'AWS::DynamoDB::Table'", ["orders"]),
        ("resourceType <> 'AWS::DynamoDB::Table'", ["hook", "pay"]),
        ("resourceType LIKE 'AWS::Lambda::%'", ["hook", "pay"]),
        ("resourceId NOT LIKE 'p%'", ["hook", "orders"]),
        ("resourceId IN ('pay', 'orders')", ["orders", "pay"]),
        ("configuration.memorySize >= 256", ["pay"]),
        ("configuration.memorySize BETWEEN 100 AND 200", ["hook"]),
        ("configuration.layers.arn = 'b'", ["hook"]),
        ("configuration.deletionProtectionEnabled = true", ["orders"]),
        ("tags.key = 'team' AND tags.value = 'shop'", ["hook"]),
        ("resourceId = 'pay' OR (resourceType = 'AWS::DynamoDB::Table' AND NOT resourceId = 'x')", ["orders", "pay"]),
    ],
)
def test_a_condition_chooses_resources(condition: str, expected: list[str]) -> None:
    assert ids(condition) == expected


def test_what_is_selected_keeps_its_place() -> None:
    query = parse("select resourceId, configuration.memorySize, tags.key, tags.value where resourceId = 'hook'")
    assert run(query, ITEMS) == [
        {"resourceId": "hook", "configuration": {"memorySize": 128}, "tags": [{"key": "team", "value": "shop"}]}
    ]


def test_resources_are_counted_by_type() -> None:
    query = parse("SELECT resourceType, COUNT(*) GROUP BY resourceType ORDER BY COUNT(*) DESC")
    assert run(query, ITEMS) == [
        {"resourceType": FUNCTION, "COUNT(*)": 2},
        {"resourceType": TABLE, "COUNT(*)": 1},
    ]


def test_numbers_are_summed_up_and_sorted_as_numbers() -> None:
    assert run(parse("SELECT SUM(configuration.memorySize), AVG(configuration.memorySize)"), ITEMS) == [
        {"SUM(configuration.memorySize)": 640, "AVG(configuration.memorySize)": 320}
    ]
    query = parse(f"SELECT resourceId WHERE resourceType = '{FUNCTION}' ORDER BY configuration.memorySize DESC")
    assert [row["resourceId"] for row in run(query, ITEMS)] == ["pay", "hook"]


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "resourceId",
        "SELECT",
        "SELECT resourceId FROM resources",
        "SELECT resourceId WHERE",
        "SELECT resourceId WHERE resourceId",
        "SELECT resourceId WHERE resourceId = ",
        "SELECT resourceId WHERE resourceId = name",
        "SELECT resourceId WHERE (resourceId = 'a'",
        "SELECT resourceId ORDER resourceId",
        "SELECT 'a'",
        "SELECT resourceId; DROP TABLE",
    ],
)
def test_what_is_no_query_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="Syntax error"):
        parse(expression)
