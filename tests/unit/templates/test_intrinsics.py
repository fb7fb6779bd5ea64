"""What each intrinsic function returns, what it refuses, and what stays unknown."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.resources import Unknown
from workbench.templates import InvalidTemplate, Scope, pseudo_parameters, resolve

SECRET = Unknown("the value of /db/password in Systems Manager")
PSEUDO = pseudo_parameters("eu-west-1", "111122223333", "orders", "arn:aws:cloudformation:eu-west-1:1:stack/orders/1")
SCOPE = Scope(
    parameters={"Stage": "dev", "Zones": ["a", "b"], "Size": 128, "Secret": SECRET},
    pseudo=PSEUDO,
    mappings={"ByStage": {"dev": {"Memory": 256, "Zones": ["x"]}}},
    conditions={"IsDev": True, "IsProd": False, "IsSecret": SECRET},
    ref=lambda logical_id: f"{logical_id.lower()}-1",
    get_att=lambda logical_id, attribute: f"{logical_id}/{attribute}",
    import_value=lambda name: f"import:{name}",
    stack_output=lambda stack, output: f"output:{stack}.{output}",
    availability_zones=lambda region: [f"{region}a", f"{region}b"],
)


@pytest.mark.parametrize(
    ("value", "result"),
    [
        pytest.param({"Ref": "Stage"}, "dev", id="Ref of a parameter"),
        pytest.param({"Ref": "Zones"}, ["a", "b"], id="Ref of a list parameter"),
        pytest.param({"Ref": "Table"}, "table-1", id="Ref of a resource"),
        pytest.param({"Ref": "AWS::Region"}, "eu-west-1", id="Ref of a pseudo parameter"),
        pytest.param({"Ref": "AWS::NoValue"}, None, id="Ref of NoValue"),
        pytest.param({"a": {"Ref": "AWS::NoValue"}, "b": 1}, {"b": 1}, id="NoValue removes a property"),
        pytest.param([{"Ref": "AWS::NoValue"}, 1], [1], id="NoValue removes an item"),
        pytest.param({"Fn::GetAtt": ["Table", "Arn"]}, "Table/Arn", id="GetAtt"),
        pytest.param({"Fn::GetAtt": "Dlq.Outputs.Arn"}, "Dlq/Outputs.Arn", id="GetAtt of a text"),
        pytest.param({"Fn::GetAtt": ["Dlq", "Outputs", "Arn"]}, "Dlq/Outputs.Arn", id="GetAtt in parts"),
        pytest.param({"Fn::GetAtt": ["T", {"Ref": "Stage"}]}, "T/dev", id="GetAtt with a computed attribute"),
        pytest.param({"Fn::If": ["IsDev", 1, 2]}, 1, id="If is true"),
        pytest.param({"Fn::If": ["IsProd", 1, 2]}, 2, id="If is false"),
        pytest.param({"a": {"Fn::If": ["IsProd", 1, {"Ref": "AWS::NoValue"}]}}, {}, id="If with NoValue"),
        pytest.param({"Fn::If": ["IsSecret", 1, 1]}, 1, id="If is unknown and makes no difference"),
        pytest.param({"Fn::Sub": "${Stage}-${Table}-${Table.Arn}"}, "dev-table-1-Table/Arn", id="Sub"),
        pytest.param({"Fn::Sub": "${AWS::Region} ${Size}"}, "eu-west-1 128", id="Sub of numbers and pseudo parameters"),
        pytest.param({"Fn::Sub": "${!Literal} ${Stage}"}, "${Literal} dev", id="Sub keeps a literal"),
        pytest.param({"Fn::Sub": ["${A}.${Stage}", {"A": {"Ref": "Size"}}]}, "128.dev", id="Sub with variables"),
        pytest.param({"Fn::Sub": ["${Stage}", {"Stage": True}]}, "true", id="Sub variables win"),
        pytest.param({"Fn::Join": ["-", ["a", {"Ref": "Stage"}, 1]]}, "a-dev-1", id="Join"),
        pytest.param({"Fn::Join": [",", {"Ref": "Zones"}]}, "a,b", id="Join of a list parameter"),
        pytest.param({"Fn::Join": ["", ["a", {"Ref": "AWS::NoValue"}]]}, "a", id="Join without NoValue"),
        pytest.param({"Fn::Select": [1, {"Ref": "Zones"}]}, "b", id="Select"),
        pytest.param({"Fn::Select": ["0", [{"Ref": "Stage"}, {"Ref": "Secret"}]]}, "dev", id="Select past an unknown"),
        pytest.param({"Fn::Split": [":", "a:b"]}, ["a", "b"], id="Split"),
        pytest.param({"Fn::Select": [2, {"Fn::Split": ["-", "a-b-c"]}]}, "c", id="Select of Split"),
        pytest.param({"Fn::FindInMap": ["ByStage", {"Ref": "Stage"}, "Memory"]}, 256, id="FindInMap"),
        pytest.param({"Fn::FindInMap": ["ByStage", "dev", "Zones"]}, ["x"], id="FindInMap of a list"),
        pytest.param(
            {"Fn::FindInMap": ["ByStage", "prod", "Memory", {"DefaultValue": {"Ref": "Size"}}]},
            128,
            id="FindInMap with a default",
        ),
        pytest.param({"Fn::ImportValue": {"Fn::Sub": "${Stage}-vpc"}}, "import:dev-vpc", id="ImportValue"),
        pytest.param(
            {"Fn::GetStackOutput": {"StackName": "vpc", "OutputName": {"Ref": "Stage"}}},
            "output:vpc.dev",
            id="GetStackOutput",
        ),
        pytest.param({"Fn::Base64": {"Ref": "Stage"}}, "ZGV2", id="Base64"),
        pytest.param({"Fn::Cidr": ["10.0.0.0/16", 2, 8]}, ["10.0.0.0/24", "10.0.1.0/24"], id="Cidr"),
        pytest.param({"Fn::Cidr": ["2001:db8::/56", "1", "64"]}, ["2001:db8::/64"], id="Cidr of IPv6"),
        pytest.param({"Fn::GetAZs": ""}, ["eu-west-1a", "eu-west-1b"], id="GetAZs of the stack's region"),
        pytest.param({"Fn::GetAZs": "us-east-1"}, ["us-east-1a", "us-east-1b"], id="GetAZs of a region"),
        pytest.param({"Fn::ToJsonString": {"a": [{"Ref": "Stage"}]}}, '{"a":["dev"]}', id="ToJsonString"),
        pytest.param({"Fn::Length": {"Ref": "Zones"}}, 2, id="Length"),
        pytest.param({"Fn::Length": [1, {"Ref": "Secret"}]}, 2, id="Length of a list with an unknown"),
        pytest.param("{{resolve:ssm:/a}}", "{{resolve:ssm:/a}}", id="a dynamic reference stays by default"),
        pytest.param({"Condition": "IsDev"}, {"Condition": "IsDev"}, id="Condition outside conditions is data"),
    ],
)
def test_an_intrinsic_returns(value: object, result: object) -> None:
    assert resolve(value, SCOPE) == result


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"Ref": "Secret"}, id="Ref"),
        pytest.param({"Fn::Sub": "x-${Secret}"}, id="Sub"),
        pytest.param({"Fn::Sub": ["x-${A}", {"A": {"Ref": "Secret"}}]}, id="Sub with variables"),
        pytest.param({"Fn::Join": ["", ["x", {"Ref": "Secret"}]]}, id="Join"),
        pytest.param({"Fn::Select": [{"Ref": "Secret"}, ["a"]]}, id="index of Select"),
        pytest.param({"Fn::Select": [0, {"Ref": "Secret"}]}, id="list of Select"),
        pytest.param({"Fn::Split": [",", {"Ref": "Secret"}]}, id="Split"),
        pytest.param({"Fn::Base64": {"Ref": "Secret"}}, id="Base64"),
        pytest.param({"Fn::FindInMap": ["ByStage", {"Ref": "Secret"}, "Memory"]}, id="FindInMap"),
        pytest.param({"Fn::ImportValue": {"Ref": "Secret"}}, id="ImportValue"),
        pytest.param({"Fn::GetAtt": ["Table", {"Ref": "Secret"}]}, id="GetAtt"),
        pytest.param({"Fn::ToJsonString": {"a": {"Ref": "Secret"}}}, id="ToJsonString"),
        pytest.param({"Fn::Length": {"Ref": "Secret"}}, id="Length"),
        pytest.param({"Fn::Cidr": [{"Ref": "Secret"}, 1, 8]}, id="Cidr"),
        pytest.param({"Fn::If": ["IsSecret", 1, 2]}, id="If that makes a difference"),
    ],
)
def test_what_depends_on_an_unknown_is_unknown_for_the_same_reason(value: object) -> None:
    assert resolve(value, SCOPE) == SECRET


def test_an_unknown_inside_a_mapping_leaves_the_rest_known() -> None:
    assert resolve({"a": {"Ref": "Secret"}, "b": [1]}, SCOPE) == {"a": SECRET, "b": [1]}


def test_by_default_a_scope_knows_no_resource() -> None:
    assert resolve({"Fn::GetAtt": ["Table", "Arn"]}, Scope()) == Unknown("Table.Arn is not known here")
    assert resolve({"Ref": "Table"}, Scope()) == Unknown("Table is not known here")
    assert resolve({"Fn::ImportValue": "vpc"}, Scope()) == Unknown("the export vpc of another stack")
    output = {"Fn::GetStackOutput": {"StackName": "vpc", "OutputName": "Id"}}
    assert resolve(output, Scope()) == Unknown("the output Id of the stack vpc")
    assert resolve({"Fn::GetAZs": "eu-west-1"}, Scope()) == Unknown("the availability zones of eu-west-1")


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"Fn::Transform": {"Name": "AWS::Include"}}, id="alone"),
        pytest.param({"Fn::Transform": [{"Name": "AWS::Include"}]}, id="as a list"),
        pytest.param({"Fn::Sub": {"Fn::Transform": {"Name": "AWS::Include"}}}, id="inside Sub"),
        pytest.param({"Fn::Transform": {"Name": "AWS::Include"}, "a": 1}, id="beside other keys"),
    ],
)
def test_a_transform_in_a_value_is_unknown(value: dict[str, object]) -> None:
    resolved = resolve(value, SCOPE)
    unknown = Unknown("the transform AWS::Include runs in the account only")
    assert resolved == (unknown if len(value) == 1 else {"Fn::Transform": unknown, "a": 1})


def test_a_key_that_the_mappings_do_not_have_can_be_answered() -> None:
    scope = Scope(unmapped=lambda keys: Unknown(f"no {keys}"))
    assert resolve({"Fn::FindInMap": ["M", "a", "b"]}, scope) == Unknown("no M.a.b")


def test_a_dynamic_reference_can_be_answered() -> None:
    scope = Scope(parameters={"Name": "db"}, dynamic_reference=lambda text: Unknown(f"the secret {text}"))
    resolved = resolve({"Fn::Sub": "{{resolve:ssm:/${Name}}}"}, scope)
    assert resolved == Unknown("the secret {{resolve:ssm:/db}}")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param({"Ref": ["a"]}, "Ref takes the name of a parameter or a resource", id="Ref of a list"),
        pytest.param({"Fn::GetAtt": ["A"]}, "Fn::GetAtt takes a logical id and an attribute name", id="GetAtt"),
        pytest.param({"Fn::If": ["IsDev", 1]}, "Fn::If takes a condition and two values", id="If of two"),
        pytest.param({"Fn::If": ["Isdev", 1, 2]}, "Fn::If: 'Isdev' is not in the Conditions section", id="If of none"),
        pytest.param({"Fn::Sub": [1, 2]}, "Fn::Sub takes a text, or", id="Sub of numbers"),
        pytest.param({"Fn::Sub": "${Zones}"}, r"Fn::Sub: \$\{Zones\} is not a text", id="Sub of a list"),
        pytest.param({"Fn::Join": ["-"]}, "Fn::Join takes a delimiter and a list", id="Join of one"),
        pytest.param({"Fn::Join": ["", [["a"]]]}, "every value in the list must be a text", id="Join of lists"),
        pytest.param({"Fn::Select": [2, ["a", "b"]]}, "no value at index 2 of 2 values", id="Select too far"),
        pytest.param({"Fn::Select": [-1, ["a"]]}, "Fn::Select takes an index and a list", id="Select backwards"),
        pytest.param({"Fn::Split": ["", "a"]}, "Fn::Split takes a delimiter and a text", id="Split by nothing"),
        pytest.param({"Fn::FindInMap": ["M", "a", "b"]}, "there is no M.a.b in the Mappings", id="FindInMap"),
        pytest.param({"Fn::FindInMap": ["M", "a"]}, "takes the name of a mapping and two keys", id="FindInMap of 2"),
        pytest.param({"Fn::ImportValue": ["a"]}, "takes the name of an export", id="ImportValue of a list"),
        pytest.param({"Fn::GetStackOutput": {"StackName": "a"}}, "takes a StackName and an OutputName", id="output"),
        pytest.param({"Fn::Base64": ["a"]}, "Fn::Base64 takes a text", id="Base64 of a list"),
        pytest.param({"Fn::Cidr": ["10.0.0.0/24", 9, 6]}, "no room for 9 subnets of 6 bits", id="Cidr without room"),
        pytest.param({"Fn::Cidr": ["nonsense", 1, 8]}, "Fn::Cidr: 'nonsense'", id="Cidr of nonsense"),
        pytest.param({"Fn::Cidr": "10.0.0.0/24"}, "Fn::Cidr takes an address block", id="Cidr of a text"),
        pytest.param({"Fn::Length": "abc"}, "Fn::Length takes a list", id="Length of a text"),
        pytest.param({"Fn::Transform": "x"}, "Fn::Transform takes a mapping", id="Transform of a text"),
        pytest.param({"Fn::Joint": []}, "Fn::Joint is not an intrinsic function", id="a function that does not exist"),
        pytest.param(
            {"Fn::Equals": [1, 1]}, "Fn::Equals is not an intrinsic function that may stand here", id="Equals"
        ),
    ],
)
def test_a_wrong_call_is_refused(value: object, message: str) -> None:
    with pytest.raises(InvalidTemplate, match=message):
        resolve(value, SCOPE)


def test_a_refusal_carries_the_path_of_the_call() -> None:
    with pytest.raises(InvalidTemplate) as error:
        resolve({"a": [{"Fn::Join": 1}]}, SCOPE, ("Resources", "X"))
    assert error.value.path == ("Resources", "X", "a", 0, "Fn::Join")


@pytest.mark.parametrize(
    ("region", "partition", "suffix"),
    [
        pytest.param("eu-west-1", "aws", "amazonaws.com", id="commercial"),
        pytest.param("cn-north-1", "aws-cn", "amazonaws.com.cn", id="China"),
        pytest.param("us-gov-west-1", "aws-us-gov", "amazonaws.com", id="GovCloud"),
    ],
)
def test_pseudo_parameters_follow_the_region(region: str, partition: str, suffix: str) -> None:
    pseudo: dict[str, Any] = pseudo_parameters(region, "111122223333", "orders", "arn")
    assert (pseudo["AWS::Partition"], pseudo["AWS::URLSuffix"]) == (partition, suffix)
