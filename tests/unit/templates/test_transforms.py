"""What the transforms of a template make of it."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from workbench.resources import Unknown
from workbench.templates import Document, InvalidTemplate, Scope, load, macros, pseudo_parameters, transform

PSEUDO = pseudo_parameters("eu-west-1", "111122223333", "orders", "arn:aws:cloudformation:eu-west-1:1:stack/orders/1")


def transformed(text: str, **parameters: Any) -> Document:
    document = load(dedent(text), "t.yaml")
    return transform(document, Scope(parameters, PSEUDO, mappings=document.section("Mappings")))


def serverless(text: str, **parameters: Any) -> Document:
    return transformed(f"Transform: AWS::Serverless-2016-10-31\n{dedent(text)}", **parameters)


FUNCTION = """
    Globals:
      Function: {Runtime: python3.13, Timeout: 7, Environment: {Variables: {A: global}}}
      Api: {TracingEnabled: true}
    Resources:
      Hello:
        Type: AWS::Serverless::Function
        Properties:
          Handler: app.handler
          CodeUri: s3://bucket/key
          AutoPublishAlias: live
          DeploymentPreference: {Type: Linear10PercentEvery1Minute}
          Environment: {Variables: {B: own}}
          Policies: [AWSXRayDaemonWriteAccess, {DynamoDBReadPolicy: {TableName: orders}}]
          Events:
            Get: {Type: Api, Properties: {Path: /hello, Method: get}}
"""


def test_sam_becomes_plain_cloudformation() -> None:
    types = {logical_id: body["Type"] for logical_id, body in serverless(FUNCTION).resources.items()}
    assert types["Hello"] == "AWS::Lambda::Function"
    assert types["HelloRole"] == "AWS::IAM::Role"
    assert types["HelloAliaslive"] == "AWS::Lambda::Alias"
    assert types["ServerlessRestApi"] == "AWS::ApiGateway::RestApi"
    assert types["ServerlessRestApiProdStage"] == "AWS::ApiGateway::Stage"
    assert types["HelloDeploymentGroup"] == "AWS::CodeDeploy::DeploymentGroup"


def test_globals_are_merged_into_resources() -> None:
    properties = serverless(FUNCTION).resources["Hello"]["Properties"]
    assert (properties["Runtime"], properties["Timeout"]) == ("python3.13", 7)
    assert properties["Environment"]["Variables"] == {"A": "global", "B": "own"}


def test_globals_reach_the_implicit_api() -> None:
    assert serverless(FUNCTION).resources["ServerlessRestApiProdStage"]["Properties"]["TracingEnabled"] is True


def test_policy_names_and_policy_templates_reach_the_role() -> None:
    properties = serverless(FUNCTION).resources["HelloRole"]["Properties"]
    assert "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess" in properties["ManagedPolicyArns"]
    assert "dynamodb:GetItem" in properties["Policies"][0]["PolicyDocument"]["Statement"][0]["Action"]


@pytest.mark.parametrize("logical_id", ["Hello", "HelloRole", "HelloAliaslive"])
def test_a_generated_resource_leads_back_to_its_sam_resource(logical_id: str) -> None:
    assert str(serverless(FUNCTION).place(("Resources", logical_id))) == "t.yaml:7:3"


def test_the_mark_that_leads_back_does_not_stay_in_the_template() -> None:
    assert "SamResourceId" not in str(serverless(FUNCTION).template)


def test_metadata_of_the_user_stays() -> None:
    text = FUNCTION.replace(
        "Properties:\n          Handler", "Metadata: {BuildMethod: x}\n        Properties:\n          Handler"
    )
    assert serverless(text).resources["Hello"]["Metadata"] == {"BuildMethod": "x"}


def test_the_document_that_is_transformed_is_not_changed() -> None:
    document = load(dedent("Transform: AWS::Serverless-2016-10-31\n" + dedent(FUNCTION)), "t.yaml")
    before = repr(document.template)
    transform(document, Scope(pseudo=PSEUDO))
    assert repr(document.template) == before


def test_sam_reads_parameters_that_are_known() -> None:
    text = FUNCTION.replace("AutoPublishAlias: live", "AutoPublishAlias: !Ref Stage")
    declared = "Parameters: {Stage: {Type: String}}\n" + dedent(text)
    assert "HelloAliasprod" in serverless(declared, Stage="prod").resources


def test_an_unknown_parameter_stays_a_reference() -> None:
    text = FUNCTION.replace("Timeout: 7", "Timeout: !Ref Seconds")
    declared = "Parameters: {Seconds: {Type: Number}}\n" + dedent(text)
    properties = serverless(declared, Seconds=Unknown("no value")).resources["Hello"]["Properties"]
    assert properties["Timeout"] == {"Ref": "Seconds"}


@pytest.mark.parametrize(
    ("location", "url"),
    [
        pytest.param("./child.yaml", "./child.yaml", id="a local template"),
        pytest.param(
            "{ApplicationId: 'arn:aws:serverlessrepo:eu-west-1:1:applications/x', SemanticVersion: !Ref Release}",
            "serverlessrepo:arn:aws:serverlessrepo:eu-west-1:1:applications/x@1.0.0",
            id="an application of the repository",
        ),
    ],
)
def test_an_application_becomes_a_nested_stack(location: str, url: str) -> None:
    text = f"""
        Parameters: {{Release: {{Type: String}}}}
        Resources: {{App: {{Type: 'AWS::Serverless::Application', Properties: {{Location: {location}}}}}}}
    """
    assert serverless(text, Release="1.0.0").resources["App"]["Properties"]["TemplateURL"] == url


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            "Resources:\n  Hello:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: ./src\n",
            "t.yaml:6:7: Resource with id [Hello] is invalid. 'CodeUri' is not a valid S3 Uri",
            id="a local path that was not packaged",
        ),
        pytest.param(
            "Resources:\n  A:\n    Type: AWS::Serverless::SimpleTable\n    Properties:\n      PrimaryKey: text\n",
            "t.yaml:6:7: Resource with id [A] is invalid.",
            id="a property of the wrong type",
        ),
        pytest.param(
            "Globals: {Function: {Colour: red}}\nResources: {A: {Type: AWS::SNS::Topic}}\n",
            "t.yaml:2:22: 'Globals' section is invalid. 'Colour' is not a supported property",
            id="an unknown global",
        ),
    ],
)
def test_what_sam_refuses_is_named_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(InvalidTemplate) as error:
        serverless(text)
    assert str(error.value).startswith(sentence)


LOOPS = """
    Transform: [AWS::LanguageExtensions]
    Mappings: {Names: {All: {Buckets: [logs, da-ta]}}}
    Resources:
      Fn::ForEach::Buckets:
        - Name
        - !FindInMap [Names, All, Buckets]
        - Bucket&{Name}:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: !Sub "orders-${Name}"
              Tags: [{Key: name, Value: !Ref Name}]
      Fn::ForEach::Topics:
        - Kind
        - [Good, Bad]
        - Fn::ForEach::Priorities:
            - Level
            - !Ref Levels
            - Topic${Kind}${Level}: {Type: AWS::SNS::Topic}
    Outputs:
      Fn::ForEach::Arns:
        - Kind
        - [Good]
        - ${Kind}Arn: {Value: !GetAtt "Topic${Kind}High.TopicArn"}
"""


def test_loops_are_written_out() -> None:
    document = transformed(LOOPS, Levels=["High", "Low"])
    assert list(document.resources) == [
        "Bucketlogs", "Bucketdata", "TopicGoodHigh", "TopicGoodLow", "TopicBadHigh", "TopicBadLow",
    ]  # fmt: skip
    bucket = document.resources["Bucketdata"]["Properties"]
    assert bucket == {"BucketName": {"Fn::Sub": "orders-da-ta"}, "Tags": [{"Key": "name", "Value": "da-ta"}]}
    assert document.section("Outputs")["GoodArn"] == {"Value": {"Fn::GetAtt": ["TopicGoodHigh", "TopicArn"]}}


def test_what_a_loop_wrote_leads_back_into_the_loop() -> None:
    document = transformed(LOOPS, Levels=["High"])
    assert document.place(("Resources", "Bucketlogs")).line == 8
    assert document.place(("Resources", "Bucketlogs", "Properties", "BucketName")).line == 11
    assert document.place(("Resources", "TopicBadHigh", "Type")).line == 19


def test_what_sam_makes_of_a_loop_leads_back_into_the_loop() -> None:
    text = """
        Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
        Globals: {Function: {Runtime: python3.13}}
        Resources:
          Fn::ForEach::Functions:
            - Name
            - [Get, Put]
            - ${Name}Function:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: !Sub ${Name}.handler
                  CodeUri: s3://bucket/key
    """
    document = transformed(text)
    assert document.place(("Resources", "PutFunctionRole")).line == 8
    assert document.place(("Resources", "PutFunction", "Properties", "Handler")).line == 11
    assert document.place(("Resources", "PutFunction", "Properties", "Runtime")).line == 3


@pytest.mark.parametrize(
    ("loop", "sentence"),
    [
        pytest.param("[X, [a]]", "t.yaml:3:3: Fn::ForEach::L takes an identifier, a list and a mapping", id="no body"),
        pytest.param("[X, !Ref Names, {}]", "t.yaml:3:3: Fn::ForEach::L cannot be written out: no value", id="unknown"),
        pytest.param("[X, text, {}]", "t.yaml:3:3: Fn::ForEach::L must go over a list", id="over a text"),
        pytest.param("[X, [a, b], {T: {Type: Y}}]", "t.yaml:3:32: Fn::ForEach writes T twice", id="the same key twice"),
    ],
)
def test_a_wrong_loop_is_refused(loop: str, sentence: str) -> None:
    text = f"Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: {loop}\n"
    with pytest.raises(InvalidTemplate) as error:
        transformed(text, Names=Unknown("no value"))
    assert str(error.value).startswith(sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            "Resources: {A: {Type: AWS::Serverless::SimpleTable}}",
            "t.yaml:1:13: A is a SAM resource: the template needs Transform: AWS::Serverless-2016-10-31",
            id="a SAM resource without the transform",
        ),
        pytest.param(
            "Resources: {'Fn::ForEach::A': [X, [a], {}]}",
            "t.yaml:1:13: a loop needs Transform: AWS::LanguageExtensions",
            id="a loop without the transform",
        ),
        pytest.param(
            "Transform: AWS::Serverless-2016-10-31\nResources: {'Fn::Transform': {Name: Mine}, A: {Type: X}}",
            "t.yaml:2:13: which resources this transform writes is known in the account only",
            id="a transform that writes resources",
        ),
        pytest.param(
            "Transform: {Nome: x}\nResources: {A: {Type: X}}",
            "t.yaml:1:1: Transform takes the name of a transform or a list of names",
            id="a transform without a name",
        ),
    ],
)
def test_what_needs_a_transform_says_so(text: str, sentence: str) -> None:
    with pytest.raises(InvalidTemplate) as error:
        transformed(text)
    assert str(error.value) == sentence


def test_macros_of_the_account_are_named() -> None:
    document = load(
        "Transform: [AWS::Serverless-2016-10-31, Mine, {Name: 'AWS::Include'}]\nResources: {A: {Type: X}}", "t"
    )
    assert macros(document) == ["Mine", "AWS::Include"]
