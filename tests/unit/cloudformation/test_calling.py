"""Properties of a template fit the shapes of an API."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.model import OperationModel, ServiceModel

from workbench.local_aws.cloudformation.resources.calling import fitted

OPERATION = {
    "name": "Put",
    "http": {"method": "POST", "requestUri": "/"},
    "input": {"shape": "In"},
}
SHAPES = {
    "In": {
        "type": "structure",
        "members": {
            "number": {"shape": "Int"},
            "ratio": {"shape": "Float"},
            "flag": {"shape": "Bool"},
            "text": {"shape": "Text"},
            "list": {"shape": "List"},
            "map": {"shape": "Map"},
            "inner": {"shape": "In"},
            "blob": {"shape": "Blob"},
        },
    },
    "Int": {"type": "integer"},
    "Float": {"type": "float"},
    "Bool": {"type": "boolean"},
    "Text": {"type": "string"},
    "Blob": {"type": "blob"},
    "List": {"type": "list", "member": {"shape": "Text"}},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
}


def fit(value: dict[str, Any]) -> Any:
    model = ServiceModel({"metadata": {}, "operations": {"Put": OPERATION}, "shapes": SHAPES}, "service")
    operation: OperationModel = model.operation_model("Put")
    return fitted(value, operation.input_shape)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        pytest.param({"Number": "3"}, {"number": 3}, id="a number written as text"),
        pytest.param({"Ratio": "0.5"}, {"ratio": 0.5}, id="a fraction written as text"),
        pytest.param({"Flag": "true"}, {"flag": True}, id="a boolean written as text"),
        pytest.param({"Flag": "false"}, {"flag": False}, id="false written as text is not true"),
        pytest.param({"Text": 3}, {"text": "3"}, id="a text written as number"),
        pytest.param({"Text": True}, {"text": "true"}, id="a text written as boolean"),
        pytest.param({"Text": {"A": 1}}, {"text": '{"A": 1}'}, id="a policy written as mapping"),
        pytest.param({"List": "one"}, {"list": ["one"]}, id="a list of one without brackets"),
        pytest.param({"Map": {"Key": 1}}, {"map": {"Key": "1"}}, id="keys of a map keep their case"),
        pytest.param({"Inner": {"Inner": {"Number": 1}}}, {"inner": {"inner": {"number": 1}}}, id="shapes in shapes"),
        pytest.param({"Blob": "text"}, {"blob": b"text"}, id="bytes written as text"),
        pytest.param({"Text": None}, {}, id="nothing is absent"),
        pytest.param({"Stranger": 1, "Number": 1}, {"number": 1}, id="what the API has no name for is left out"),
    ],
)
def test_a_value_is_fitted(given: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert fit(given) == wanted


def test_what_cannot_be_fitted_is_an_error() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        fit({"Number": "many"})
