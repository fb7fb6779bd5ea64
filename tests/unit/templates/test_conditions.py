"""Which parts of a template exist."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.resources import Unknown
from workbench.templates import InvalidTemplate, Scope, evaluate_conditions, exists

SECRET = Unknown("parameter Secret has no value")
SCOPE = Scope(
    parameters={"Stage": "prod", "Count": 3, "Flag": "true", "Zones": ["a", "b"], "Secret": SECRET},
    mappings={"M": {"a": {"b": "prod"}}},
)
TRUE, FALSE = {"Fn::Equals": [1, 1]}, {"Fn::Equals": [1, 2]}
UNKNOWN = {"Fn::Equals": [{"Ref": "Secret"}, "x"]}


def outcome(condition: Any, **others: Any) -> bool | Unknown:
    return evaluate_conditions({"C": condition, **others}, SCOPE)["C"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param({"Fn::Equals": [{"Ref": "Stage"}, "prod"]}, True, id="equal texts"),
        pytest.param({"Fn::Equals": [{"Ref": "Stage"}, "dev"]}, False, id="different texts"),
        pytest.param({"Fn::Equals": [{"Ref": "Count"}, "3"]}, True, id="a number equals its text"),
        pytest.param({"Fn::Equals": [{"Ref": "Flag"}, True]}, True, id="true equals its text"),
        pytest.param({"Fn::Equals": [{"Ref": "Zones"}, ["a", "b"]]}, True, id="equal lists"),
        pytest.param({"Fn::Equals": [{"Fn::FindInMap": ["M", "a", "b"]}, "prod"]}, True, id="a mapping's value"),
        pytest.param({"Fn::Equals": [{"Fn::Join": ["", ["a", "b"]]}, "ab"]}, True, id="a joined text"),
        pytest.param({"Fn::Not": [FALSE]}, True, id="not false"),
        pytest.param({"Fn::And": [TRUE, TRUE]}, True, id="true and true"),
        pytest.param({"Fn::And": [TRUE, FALSE]}, False, id="true and false"),
        pytest.param({"Fn::Or": [FALSE, TRUE]}, True, id="false or true"),
        pytest.param({"Fn::Or": [FALSE, FALSE]}, False, id="false or false"),
        pytest.param({"Condition": "Other"}, False, id="another condition"),
        pytest.param({"Fn::And": [{"Condition": "Other"}, TRUE]}, False, id="another condition inside"),
        pytest.param(UNKNOWN, SECRET, id="unknown"),
        pytest.param({"Fn::Not": [UNKNOWN]}, SECRET, id="not unknown"),
        pytest.param({"Fn::And": [UNKNOWN, FALSE]}, False, id="unknown and false is false"),
        pytest.param({"Fn::And": [UNKNOWN, TRUE]}, SECRET, id="unknown and true is unknown"),
        pytest.param({"Fn::Or": [UNKNOWN, TRUE]}, True, id="unknown or true is true"),
        pytest.param({"Fn::Or": [UNKNOWN, FALSE]}, SECRET, id="unknown or false is unknown"),
    ],
)
def test_a_condition_is(condition: Any, expected: bool | Unknown) -> None:
    assert outcome(condition, Other=FALSE) == expected


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        pytest.param({"Condition": "Othr"}, "'Othr' is not in the Conditions section", id="an unknown condition"),
        pytest.param({"Fn::Equals": [1]}, "Fn::Equals takes two values", id="Equals of one"),
        pytest.param({"Fn::And": [TRUE]}, "Fn::And takes two to ten conditions", id="And of one"),
        pytest.param({"Fn::Not": [TRUE, TRUE]}, "a condition is made of", id="Not of two"),
        pytest.param(True, "a condition is made of", id="a literal"),
        pytest.param({"Condition": "C"}, "depend on each other in a circle: C -> C", id="itself"),
        pytest.param({"Condition": "Back"}, "in a circle: C -> Back -> C", id="a circle"),
        pytest.param({"Fn::Equals": [{"Ref": "Table"}, 1]}, "cannot refer to Table", id="a resource"),
        pytest.param({"Fn::Equals": [{"Fn::GetAtt": ["T", "Arn"]}, 1]}, "cannot refer to T.Arn", id="an attribute"),
    ],
)
def test_a_wrong_condition_is_refused(condition: Any, message: str) -> None:
    with pytest.raises(InvalidTemplate, match=message):
        outcome(condition, Other=FALSE, Back={"Fn::Not": [{"Condition": "C"}]})


def test_a_part_without_a_condition_exists() -> None:
    assert exists({}, {}, ("Resources", "Table")) is True


def test_a_part_follows_its_condition() -> None:
    assert exists({"Condition": "IsProd"}, {"IsProd": False}, ("Resources", "Table")) is False


def test_a_part_with_an_unknown_condition_is_refused() -> None:
    with pytest.raises(InvalidTemplate, match="Condition 'IsPrd' is not in the Conditions section"):
        exists({"Condition": "IsPrd"}, {"IsProd": False}, ("Resources", "Table"))
