"""The whole way from text to what exists."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent
from typing import Any

import pytest

from workbench.resources import Unknown
from workbench.templates import InvalidTemplate, Prepared, load, prepare, pseudo_parameters, resolve
from workbench.templates.parameters import unknown

PSEUDO = pseudo_parameters("eu-west-1", "111122223333", "orders", "arn:aws:cloudformation:eu-west-1:1:stack/orders/1")
TEMPLATE = """
    Parameters:
      Stage: {Type: String, AllowedValues: [dev, prod]}
    Conditions:
      IsProd: !Equals [!Ref Stage, prod]
    Resources:
      Table:
        Type: AWS::DynamoDB::Table
        Properties:
          BillingMode: !If [IsProd, PROVISIONED, PAY_PER_REQUEST]
      Alarm:
        Type: AWS::CloudWatch::Alarm
        Condition: IsProd
        DependsOn: Table
    Outputs:
      Name: {Value: !Ref Table}
      AlarmName: {Condition: IsProd, Value: !Ref Alarm}
"""


def prepared(text: str, *, lenient: bool = False, **parameters: Any) -> Prepared:
    options = {"missing": unknown} if lenient else {}
    return prepare(load(dedent(text), "t.yaml"), parameters, PSEUDO, **options)


@pytest.mark.parametrize(
    ("stage", "resources", "outputs", "billing"),
    [
        pytest.param("prod", ["Table", "Alarm"], ["Name", "AlarmName"], "PROVISIONED", id="true"),
        pytest.param("dev", ["Table"], ["Name"], "PAY_PER_REQUEST", id="false"),
    ],
)
def test_what_has_a_false_condition_does_not_exist(
    stage: str, resources: list[str], outputs: list[str], billing: str
) -> None:
    stack = prepared(TEMPLATE, Stage=stage)
    table = stack.existing("Resources")["Table"]["Properties"]
    assert (list(stack.existing("Resources")), list(stack.existing("Outputs"))) == (resources, outputs)
    assert resolve(table, stack.scope)["BillingMode"] == billing


def test_what_has_an_unknown_condition_is_uncertain() -> None:
    stack = prepared(TEMPLATE, lenient=True)
    reason = Unknown("parameter Stage has no value")
    assert stack.uncertain("Resources") == {"Alarm": reason}
    assert stack.scope.parameters["Stage"] == reason


def test_names_inside_a_module_are_not_strangers() -> None:
    text = (
        "Resources: {M: {Type: My::S3::Thing::MODULE}}\nOutputs: {O: {Value: !Ref MBucket}, P: {Value: !Ref M.Bucket}}"
    )
    assert list(prepared(text).existing("Resources")) == ["M"]


def test_real_ids_come_through_the_callbacks() -> None:
    stack = prepared(TEMPLATE, Stage="prod")
    scope = replace(stack.scope, ref={"Table": "orders-Table-1", "Alarm": "x"}.__getitem__)
    assert resolve(stack.existing("Outputs")["Name"], scope) == {"Value": "orders-Table-1"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(TEMPLATE, "t.yaml:3:3: parameter Stage needs a value", id="a missing parameter"),
        pytest.param(
            "Resources:\n  A: {Type: X, Properties: {P: !Ref Bucet}}\n  Bucket: {Type: Y}\n",
            "t.yaml:2:32: A refers to Bucet, which is not in the template; did you mean Bucket?",
            id="a reference to nothing",
        ),
        pytest.param(
            "Resources:\n  A: {Type: X}\nOutputs:\n  O: {Value: !Sub 'x-${Zebra.Arn}'}\n",
            "t.yaml:4:14: O refers to Zebra, which is not in the template",
            id="an output that refers to nothing",
        ),
        pytest.param(
            "Resources:\n  A: {Type: X, DependsOn: [B]}\n",
            "t.yaml:2:16: A depends on B, which is not in the template",
            id="a dependency on nothing",
        ),
        pytest.param(
            "Conditions: {C: !Equals [1]}\nResources: {A: {Type: X}}\n",
            "t.yaml:1:17: Fn::Equals takes two values",
            id="a wrong condition",
        ),
        pytest.param(
            "Resources: {A: {Type: X}}\nOutputs: {O: 1}\n", "t.yaml:2:11: O must be a mapping", id="an output"
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(InvalidTemplate) as error:
        prepared(text).existing("Outputs")
    assert str(error.value) == sentence
