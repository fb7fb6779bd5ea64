"""Text to values: short tags, positions, and the sentences for what cannot be read."""

from __future__ import annotations

import json

import pytest

from workbench.templates import InvalidTemplate, load


def properties(yaml: str) -> dict[str, object]:
    indented = "".join(f"      {line}\n" for line in yaml.splitlines())
    text = f"Resources:\n  Thing:\n    Type: AWS::S3::Bucket\n    Properties:\n{indented}"
    result: dict[str, object] = load(text, "t.yaml").resources["Thing"]["Properties"]
    return result


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("a: !Ref Table", {"Ref": "Table"}, id="Ref"),
        pytest.param("a: !GetAtt Table.Arn", {"Fn::GetAtt": ["Table", "Arn"]}, id="GetAtt with a dot"),
        pytest.param("a: !GetAtt Dlq.Outputs.Arn", {"Fn::GetAtt": ["Dlq", "Outputs.Arn"]}, id="GetAtt with two dots"),
        pytest.param("a: !GetAtt [Table, Arn]", {"Fn::GetAtt": ["Table", "Arn"]}, id="GetAtt with a list"),
        pytest.param("a: {Fn::GetAtt: Table.Arn}", {"Fn::GetAtt": ["Table", "Arn"]}, id="long GetAtt with a dot"),
        pytest.param("a: !Sub ['${X}', {X: 1}]", {"Fn::Sub": ["${X}", {"X": 1}]}, id="Sub with variables"),
        pytest.param("a: !If [C, !Ref A, 2]", {"Fn::If": ["C", {"Ref": "A"}, 2]}, id="a call inside a call"),
        pytest.param("a: !Condition Big", {"Condition": "Big"}, id="Condition"),
        pytest.param("a: 2012-10-17", "2012-10-17", id="a date stays text"),
        pytest.param("a: yes", True, id="yes is true"),
        pytest.param("a: 12", 12, id="a number is a number"),
        pytest.param("a: '12'", "12", id="a quoted number is text"),
        pytest.param("a: {200: x}", {"200": "x"}, id="keys are text"),
        pytest.param("a: ~", None, id="null"),
        pytest.param("b: &b {x: 1}\na: {<<: *b, x: 2}", {"x": 2}, id="a merged mapping gives way to own keys"),
    ],
)
def test_yaml_is_read_as_cloudformation_reads_it(written: str, meant: object) -> None:
    assert properties(written)["a"] == meant


def test_an_alias_is_a_copy() -> None:
    read = properties("b: &b {x: 1}\na: *b")
    assert read["a"] == read["b"]
    assert read["a"] is not read["b"]


def test_json_with_tabs_and_surrogate_pairs_is_read() -> None:
    template = {"Resources": {"Thing": {"Type": "AWS::S3::Bucket", "Properties": {"Note": "a/b \U0001f600"}}}}
    text = json.dumps(template, indent="\t").replace("/", "\\/")
    assert load(text, "t.json").template == template


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "t.yaml:1:1: the template is empty", id="nothing"),
        pytest.param("[1]", "t.yaml:1:1: a template is a mapping with a Resources section", id="a list"),
        pytest.param(
            "Parameters: {}",
            "t.yaml:1:1: a template needs a Resources section with at least one resource",
            id="no resources",
        ),
        pytest.param(
            "Resources: {A: {Type: X}}\nOutputs: [1]", "t.yaml:2:1: Outputs must be a mapping", id="a section of a list"
        ),
        pytest.param(
            "Resources:\n  A: {Type: X}\n  A: {Type: Y}", "t.yaml:3:3: duplicate key 'A'", id="a resource twice"
        ),
        pytest.param("Resources:\n  A: {}", "t.yaml:2:3: resource A needs a Type", id="no type"),
        pytest.param("Resources:\n  A: text", "t.yaml:2:3: resource A must be a mapping", id="no mapping"),
        pytest.param(
            "Resources: {A: {Type: X, Properties: [1]}}",
            "t.yaml:1:26: Properties of A must be a mapping",
            id="a list of properties",
        ),
        pytest.param(
            "Resources: {A: {Type: X, Metadata: text}}",
            "t.yaml:1:26: Metadata of A must be a mapping",
            id="metadata that is a text",
        ),
        pytest.param(
            "Resources: {A: {Type: X, DependsOn: {B: 1}}}",
            "t.yaml:1:26: DependsOn of A takes logical ids",
            id="a dependency that is a mapping",
        ),
        pytest.param(
            "Resources:\n  A: !Reff x",
            "t.yaml:2:6: !Reff is not an intrinsic function of CloudFormation",
            id="a tag that does not exist",
        ),
        pytest.param(
            "Resources:\n\tA: 1", "t.yaml:2:1: not YAML: a tab cannot indent; use spaces", id="a tab as indentation"
        ),
        pytest.param("a: [1", "t.yaml:2:1: not YAML: while parsing a flow sequence", id="an open bracket"),
        pytest.param("a: *b", "t.yaml:1:4: not YAML: found undefined alias", id="an alias without an anchor"),
        pytest.param("Resources: &a {A: *a}", "t.yaml:1:12: an alias refers to the value that holds it", id="a loop"),
        pytest.param("a: 1\n---\nb: 2", "t.yaml:2:1: not YAML: expected a single document", id="two documents"),
        pytest.param("a: \x01", "t.yaml:1:4: not YAML:", id="a control character"),
        pytest.param("a: !!python/name:os.system x", "t.yaml:1:4: the tag", id="a Python object"),
        pytest.param("? [a]\n: 1", "t.yaml:1:3: a key must be text", id="a list as key"),
        pytest.param("a: {<<: 1}", "t.yaml:1:9: << merges mappings only", id="a merge of a number"),
        pytest.param("a: " + "[" * 3000 + "]" * 3000, "t.yaml:1:1: the template is nested too deeply", id="a tower"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(InvalidTemplate) as error:
        load(text, "t.yaml")
    assert str(error.value).startswith(sentence)


def test_aliases_cannot_blow_the_memory() -> None:
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(InvalidTemplate, match="too large once its aliases are expanded"):
        load("\n".join(lines), "t.yaml")


def test_every_part_has_its_place() -> None:
    document = load("Resources:\n  A:\n    Type: X\n    Properties:\n      Tags:\n        - Key: a\n", "t.yaml")
    assert str(document.place(("Resources", "A"))) == "t.yaml:2:3"
    assert str(document.place(("Resources", "A", "Properties", "Tags", 0))) == "t.yaml:6:11"
    assert str(document.place(("Resources", "A", "Properties", "Tags", 0, "Value"))) == "t.yaml:6:11"
