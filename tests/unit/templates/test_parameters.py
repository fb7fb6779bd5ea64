"""Values of template parameters."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.resources import Unknown
from workbench.templates import InvalidTemplate, parameter_values
from workbench.templates.parameters import unknown

SSM = "AWS::SSM::Parameter::Value<String>"


def value(declared: dict[str, Any], given: object = None, **options: Any) -> Any:
    overrides = {} if given is None else {"P": given}
    return parameter_values({"P": declared}, overrides, **options)["P"]


@pytest.mark.parametrize(
    ("declared", "given", "expected"),
    [
        pytest.param({"Type": "String", "Default": "a"}, None, "a", id="the default"),
        pytest.param({"Type": "String", "Default": "a"}, "b", "b", id="an override"),
        pytest.param({"Type": "String", "Default": ""}, None, "", id="an empty default"),
        pytest.param({"Type": "String", "Default": True}, None, "true", id="a text written as a boolean"),
        pytest.param({"Type": "String", "Default": 12}, None, "12", id="a text written as a number"),
        pytest.param({"Type": "Number", "Default": "30"}, None, 30, id="a number"),
        pytest.param({"Type": "Number"}, "0.5", 0.5, id="a fraction"),
        pytest.param({"Type": "CommaDelimitedList"}, "a, b", ["a", "b"], id="a list"),
        pytest.param({"Type": "CommaDelimitedList"}, ["a", "b"], ["a", "b"], id="a list given as a list"),
        pytest.param({"Type": "CommaDelimitedList", "Default": ""}, None, [], id="an empty list"),
        pytest.param({"Type": "List<Number>"}, "1,2", [1, 2], id="a list of numbers"),
        pytest.param({"Type": "List<AWS::EC2::Subnet::Id>"}, "subnet-1,subnet-2", ["subnet-1", "subnet-2"], id="ids"),
        pytest.param({"Type": "AWS::SSM::Parameter::Name"}, "/a", "/a", id="the name of an SSM parameter"),
        pytest.param({"Type": SSM}, "/a", Unknown("the value of /a in Systems Manager"), id="an SSM parameter"),
        pytest.param({"Type": "String", "AllowedPattern": r"\p{Alpha}+"}, "1", "1", id="a pattern of Java only"),
    ],
)
def test_a_parameter_has_the_value(declared: dict[str, Any], given: object, expected: object) -> None:
    assert value(declared, given) == expected


@pytest.mark.parametrize(
    ("declared", "given", "message"),
    [
        pytest.param({"Type": "String"}, None, "parameter P needs a value", id="no value"),
        pytest.param({"Type": SSM}, None, "parameter P needs a value", id="no name of an SSM parameter"),
        pytest.param({"Default": "x"}, None, "parameter P needs a Type", id="no type"),
        pytest.param({"Type": "Number"}, "ten", "parameter P must be a number, not 'ten'", id="no number"),
        pytest.param({"Type": "List<Number>"}, "1,x", "parameter P must be a number, not 'x'", id="no list of numbers"),
        pytest.param(
            {"Type": "String", "AllowedValues": ["a", "b"]}, "c", "must be one of a, b, not 'c'", id="not allowed"
        ),
        pytest.param({"Type": "String", "AllowedValues": ["", "b"]}, "c", "must be one of '', b, not 'c'", id="empty"),
        pytest.param({"Type": "String", "AllowedValues": "a"}, "a", "needs a list of AllowedValues", id="no list"),
        pytest.param({"Type": "String", "AllowedPattern": "[a-z]+"}, "a1", r"must match \[a-z\]\+", id="no match"),
        pytest.param({"Type": "String", "MinLength": 3}, "ab", "must have at least 3 characters", id="too short"),
        pytest.param({"Type": "String", "MaxLength": "1"}, "ab", "must have at most 1 characters", id="too long"),
        pytest.param({"Type": "Number", "MinValue": 3}, 2, "must be at least 3, not '2'", id="too small"),
        pytest.param({"Type": "Number", "MaxValue": 3}, 4, "must be at most 3, not '4'", id="too large"),
        pytest.param({"Type": "String"}, ["a"], "parameter P takes a single value", id="a list for a text"),
        pytest.param(
            {"Type": "String", "AllowedValues": ["a"], "ConstraintDescription": "pick a stage"},
            "b",
            r"\(pick a stage\)",
            id="the template's own explanation",
        ),
        pytest.param(
            {"Type": "String", "MinLength": 9, "NoEcho": True},
            "hush",
            "not the given value$",
            id="a secret stays secret",
        ),
    ],
)
def test_a_wrong_value_is_refused(declared: dict[str, Any], given: object, message: str) -> None:
    with pytest.raises(InvalidTemplate, match=message) as error:
        value(declared, given)
    assert error.value.path == ("Parameters", "P")


def test_a_value_for_no_parameter_is_refused() -> None:
    with pytest.raises(InvalidTemplate, match="the template has no parameter Stge; its parameters: Stage"):
        parameter_values({"Stage": {"Type": "String", "Default": "x"}}, {"Stge": "dev"})


def test_a_preview_leaves_a_missing_value_unknown() -> None:
    assert value({"Type": "String"}, missing=unknown) == Unknown("parameter P has no value")


def test_systems_manager_can_be_asked() -> None:
    assert value({"Type": SSM, "Default": "/stage"}, ssm={"/stage": "prod"}.__getitem__) == "prod"
