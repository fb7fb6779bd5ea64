"""Which resource needs which, and the order of creation."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.templates import InvalidTemplate, creation_order, dependencies


@pytest.mark.parametrize(
    ("body", "names"),
    [
        pytest.param({"DependsOn": "A"}, {"A"}, id="DependsOn"),
        pytest.param({"DependsOn": ["A", "B"]}, {"A", "B"}, id="DependsOn several"),
        pytest.param({"Properties": {"x": {"Ref": "A"}}}, {"A"}, id="Ref"),
        pytest.param({"Properties": {"x": [{"Fn::GetAtt": ["A", "Arn"]}]}}, {"A"}, id="GetAtt"),
        pytest.param({"Properties": {"x": {"Fn::Sub": "${A}-${B.Arn}-${!C}"}}}, {"A", "B"}, id="Sub"),
        pytest.param(
            {"Properties": {"x": {"Fn::Sub": ["${V}-${A}", {"V": {"Ref": "B"}}]}}}, {"A", "B"}, id="Sub with variables"
        ),
        pytest.param(
            {"Properties": {"x": {"Fn::If": ["C", {"Ref": "A"}, {"Ref": "B"}]}}}, {"A", "B"}, id="both branches"
        ),
        pytest.param({"UpdatePolicy": {"Hook": {"Ref": "A"}}}, {"A"}, id="an update policy"),
        pytest.param({"Properties": {"x": {"Fn::GetAtt": ["A", {"Ref": "P"}]}}}, {"A", "P"}, id="computed attribute"),
        pytest.param({"Type": "AWS::S3::Bucket"}, set(), id="nothing"),
    ],
)
def test_a_resource_depends_on(body: dict[str, Any], names: set[str]) -> None:
    assert dependencies(body) == names


def test_what_is_needed_is_created_first() -> None:
    resources = {"Api": {"DependsOn": "Function"}, "Function": {"x": {"Ref": "Table"}}, "Table": {}, "Other": {}}
    order = creation_order(resources)
    assert order.index("Table") < order.index("Function") < order.index("Api")


def test_independent_resources_keep_the_order_of_the_template() -> None:
    assert creation_order({"C": {}, "A": {}, "B": {}}) == ["C", "A", "B"]


def test_names_outside_the_template_do_not_count() -> None:
    assert creation_order({"A": {"x": {"Ref": "AWS::Region"}, "DependsOn": "Conditional"}}) == ["A"]


def test_a_circle_is_named() -> None:
    resources = {"A": {"x": {"Ref": "B"}}, "B": {"x": {"Ref": "C"}}, "C": {"x": {"Ref": "A"}}}
    with pytest.raises(InvalidTemplate, match=r"in a circle: (A -> B -> C -> A|B -> C -> A -> B|C -> A -> B -> C)"):
        creation_order(resources)


def test_a_resource_that_refers_to_itself_is_refused() -> None:
    with pytest.raises(InvalidTemplate, match="A refers to itself"):
        creation_order({"A": {"Properties": {"x": {"Ref": "A"}}}})
