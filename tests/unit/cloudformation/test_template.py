"""A template that CloudFormation refuses is refused in CloudFormation's words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from workbench import templates
from workbench.local_aws.cloudformation.template import Outside, TransformFailed, check_plain, process, read
from workbench.local_aws.service import AwsError

TOPIC = "Resources: {A: {Type: AWS::SNS::Topic}}"
PSEUDO = templates.pseudo_parameters("eu-west-1", "123456789012", "stack", "arn:aws:cloudformation:::stack/stack/1")
OUTSIDE = Outside(ssm=lambda name: f"value of {name}", fetch=lambda url: "")


def refusal(text: str, **parameters: str) -> str:
    with pytest.raises((AwsError, TransformFailed)) as refused:
        process(text, parameters, PSEUDO, OUTSIDE)
    return str(refused.value)


def named(value: str) -> str:
    """A topic with this name."""
    return f"Resources: {{A: {{Type: AWS::SNS::Topic, Properties: {{TopicName: {value}}}}}}}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"Resources": {', "Template format error: JSON not well-formed. (line 2, column 1)"),
        ("Resources: [", "Template format error: YAML not well-formed. (line 2, column 1)"),
        ("hello", "Template format error: unsupported structure."),
        ("Resources: {}", "Template format error: At least one Resources member must be defined."),
        (f"Foo: {{}}\n{TOPIC}", "Invalid template property or properties [Foo]"),
        ("Resources: {A: x}", "Template format error: Any Resources member must be an object."),
        (
            "Resources: {A: {Typ: B}}",
            "Template format error: [/Resources/A] Every Resources object must contain a Type member.",
        ),
        ("Resources: {A-b: {Type: B}}", "Template format error: Resource name A-b is non alphanumeric."),
        ("Resources: {A: {Type: B, Foo: C}}", "Invalid template resource property 'Foo'"),
        (
            f"AWSTemplateFormatVersion: '2011-01-01'\n{TOPIC}",
            "Template format error: 2011-01-01 is not a supported value for AWSTemplateFormatVersion.",
        ),
        (
            f"Parameters: {{P: {{Default: a}}}}\n{TOPIC}",
            "Template format error: Every Parameters object must contain a Type member.",
        ),
        (f"{TOPIC}\nOutputs: {{O: {{}}}}", "Template format error: Every Outputs member must contain a Value object"),
        (f"{TOPIC}\nOutputs: {{O: {{Value: }}}}", "[/Outputs/O/Value] 'null' values are not allowed in templates"),
    ],
)
def test_a_template_of_the_wrong_structure(text: str, said: str) -> None:
    with pytest.raises(AwsError) as refused:
        read(text)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Resources: {A: {Type: AWS::SNS::Topics}, B: {Type: Foo}}",
            "Template format error: Unrecognized resource types: [AWS::SNS::Topics, Foo]",
        ),
        (
            named("!Ref B"),
            "Template format error: Unresolved resource dependencies [B] in the Resources block of the template",
        ),
        (named("!GetAtt B.Arn"), "Template error: instance of Fn::GetAtt references undefined resource B"),
        (
            "Resources: {A: {Type: AWS::SNS::Topic}, B: {Type: AWS::SNS::Topic, DependsOn: Q}}",
            "Template format error: Unresolved resource dependencies [Q] in the Resources block of the template",
        ),
        (
            f"{TOPIC}\nOutputs: {{O: {{Value: !Ref Q}}}}",
            "Template format error: Unresolved resource dependencies [Q] in the Outputs block of the template",
        ),
        (
            f"{TOPIC}\nOutputs: {{O: {{Value: !GetAtt A.Foo}}}}",
            "Template error: resource A does not support attribute type Foo in Fn::GetAtt",
        ),
        (
            "Resources: {B: {Type: AWS::SNS::Topic, DependsOn: A}, A: {Type: AWS::SNS::Topic, DependsOn: B}}",
            "Circular dependency between resources: [A, B]",
        ),
        (
            "Resources: {A: {Type: AWS::SNS::Topic, Condition: C}}",
            "Template format error: Unresolved condition dependency C in the Resources block of the template",
        ),
        (named("!If [C, a, b]"), "Template error: unresolved condition dependency C in Fn::If"),
        (
            f"Conditions: {{C: !Equals [!Ref A, b]}}\n{TOPIC}",
            "Template format error: Unresolved dependencies [A]. Cannot reference resources in the Conditions block of "
            "the template",
        ),
    ],
)
def test_parts_that_do_not_fit_each_other(text: str, said: str) -> None:
    assert refusal(text) == said
    with pytest.raises(AwsError) as refused:
        check_plain(read(text))
    assert str(refused.value) == said


def test_a_function_of_language_extensions_needs_the_transform() -> None:
    text = named("!ToJsonString {a: 1}")
    assert refusal(text).startswith("Template error: Encountered unsupported function: Fn::ToJsonString Supported")
    assert process(f"Transform: AWS::LanguageExtensions\n{text}", {}, PSEUDO, OUTSIDE).resources


@pytest.mark.parametrize(
    ("body", "value", "said"),
    [
        ("AllowedPattern: '[a-z]+'", "AAA", "Parameter 'P' must match pattern [a-z]+"),
        ("AllowedValues: [a, b]", "c", "Parameter 'P' must be one of AllowedValues"),
        ("MinLength: 3", "a", "Parameter 'P' must contain at least 3 characters"),
        ("MaxLength: 3", "aaaa", "Parameter 'P' must contain at most 3 characters"),
        (
            "AllowedValues: [a], ConstraintDescription: only a",
            "b",
            "Parameter P failed to satisfy constraint: only a",
        ),
    ],
)
def test_a_value_that_breaks_a_constraint(body: str, value: str, said: str) -> None:
    assert refusal(f"Parameters: {{P: {{Type: String, {body}}}}}\n{TOPIC}", P=value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("x", "Parameter 'P' must be a number"),
        ("1", "Parameter 'P' must be a number not less than 3"),
        ("9", "Parameter 'P' must be a number not greater than 5"),
    ],
)
def test_a_number_out_of_its_range(value: str, said: str) -> None:
    text = f"Parameters: {{P: {{Type: Number, MinValue: 3, MaxValue: 5}}}}\n{TOPIC}"
    assert refusal(text, P=value) == said


def test_parameters_that_are_missing_or_strange() -> None:
    text = f"Parameters: {{P: {{Type: String}}, Q: {{Type: String}}}}\n{TOPIC}"
    assert refusal(text) == "Parameters: [P, Q] must have values"
    assert refusal(text, R="a") == "Parameters: [R] do not exist in the template"


def test_a_rule_says_what_it_is_for() -> None:
    rule = {"Assertions": [{"Assert": {"Fn::Contains": [["a", "b"], {"Ref": "P"}]}, "AssertDescription": "a or b"}]}
    text = ruled(rule)
    assert refusal(text, P="c").endswith("a or b")
    assert process(text, {"P": "a"}, PSEUDO, OUTSIDE).resources


def test_a_rule_counts_under_its_condition_only() -> None:
    rule = {
        "RuleCondition": {"Fn::Equals": [{"Ref": "P"}, "strict"]},
        "Assertions": [{"Assert": {"Fn::Not": [{"Fn::Equals": ["a", "a"]}]}}],
    }
    assert process(ruled(rule), {"P": "lenient"}, PSEUDO, OUTSIDE).resources
    assert "Rule R" in refusal(ruled(rule), P="strict")


def ruled(rule: Mapping[str, Any]) -> str:
    resources = {"A": {"Type": "AWS::SNS::Topic"}}
    return json.dumps({"Parameters": {"P": {"Type": "String"}}, "Rules": {"R": rule}, "Resources": resources})


def test_the_transform_of_sam_tells_every_error() -> None:
    function = "{Type: AWS::Serverless::Function, Properties: {Foo: 1}}"
    text = f"Transform: AWS::Serverless-2016-10-31\nResources: {{A: {function}, B: {function}}}"
    said = refusal(text)
    assert said.startswith("Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Spec")
    assert "Number of errors found: 2." in said


def test_a_macro_of_the_account_is_not_there() -> None:
    assert refusal(f"Transform: Own\n{TOPIC}") == "No transform named 123456789012::Own found."
