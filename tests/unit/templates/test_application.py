"""A whole application as a preview reads it."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent
from typing import Any

import pytest

from workbench.resources import Resource, Unknown
from workbench.templates import InvalidTemplate
from workbench.templates.application import Application, local_file, read_application
from workbench.templates.stand_ins import Home


def application(files: Mapping[str, str] | str, **parameters: Any) -> Application:
    texts = {"template.yaml": files} if isinstance(files, str) else files
    texts = {name: dedent(text) for name, text in texts.items()}
    return read_application(
        "template.yaml",
        parameters,
        Home("eu-west-1", "111122223333", "orders"),
        read_file=texts.get,
    )


def resource(read: Application, path: str) -> Resource:
    return next(found for found in read.resources if found.path == path)


BUCKETS = """
    Resources:
      Logs: {Type: AWS::S3::Bucket, Properties: {BucketName: my-logs}}
      Orders:
        Type: AWS::S3::Bucket
        Properties:
          LoggingConfiguration: {DestinationBucketName: !Ref Logs}
      Policy:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: !Ref Orders
          PolicyDocument: {Statement: [{Resource: !Sub "${Orders.Arn}/*"}]}
"""


def test_relations_hold_by_equality_of_values() -> None:
    read = application(BUCKETS)
    orders, policy = resource(read, "Orders"), resource(read, "Policy")
    assert orders.properties["LoggingConfiguration"] == {"DestinationBucketName": "my-logs"}
    assert policy.properties["Bucket"] == orders.physical_id
    statement = policy.properties["PolicyDocument"]["Statement"][0]
    assert statement["Resource"] == f"{orders.attributes['Arn']}/*"


def test_the_stack_itself_comes_first() -> None:
    stack = application(BUCKETS).resources[0]
    assert (stack.path, stack.type) == ("orders", "AWS::CloudFormation::Stack")
    assert stack.physical_id.startswith("arn:aws:cloudformation:eu-west-1:111122223333:stack/orders/")


NESTED = {
    "template.yaml": """
        Parameters: {Retention: {Type: Number}}
        Resources:
          Storage:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: nested/storage.yaml
              Parameters: {Days: !Ref Retention, Names: [a, b]}
          Consumer:
            Type: AWS::SSM::Parameter
            Properties: {Type: String, Value: !GetAtt Storage.Outputs.TableArn}
    """,
    "nested/storage.yaml": """
        Parameters: {Days: {Type: Number}, Names: {Type: CommaDelimitedList}}
        Resources:
          Table: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Select [1, !Ref Names]}}
          Group: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Days}}
        Outputs: {TableArn: {Value: !GetAtt Table.Arn}}
    """,
}


def test_a_nested_template_gets_parameters_and_gives_outputs() -> None:
    read = application(NESTED, Retention="30")
    assert resource(read, "Storage/Group").properties == {"RetentionInDays": 30}
    assert resource(read, "Storage/Table").physical_id == "b"
    assert resource(read, "Consumer").properties["Value"].endswith(":table/b")


def test_a_nested_resource_is_placed_in_its_own_file() -> None:
    assert str(application(NESTED, Retention="30").place("Storage/Group", ("RetentionInDays",))).startswith(
        "nested/storage.yaml:5:"
    )


def test_a_nested_template_that_is_not_at_hand_leaves_its_outputs_unknown() -> None:
    read = application({"template.yaml": NESTED["template.yaml"]}, Retention="30")
    reason = "the nested template nested/storage.yaml is not at hand"
    assert resource(read, "Consumer").properties["Value"] == Unknown(reason)
    assert {(found.path, found.property_path) for found in read.unresolved if found.reason == reason} == {
        ("Storage", ("TemplateURL",)),
        ("Consumer", ("Value",)),
    }


def test_a_local_application_is_read_like_a_nested_stack() -> None:
    text = """
        Transform: AWS::Serverless-2016-10-31
        Resources: {Storage: {Type: AWS::Serverless::Application, Properties: {Location: ./child.yaml}}}
    """
    read = application({"template.yaml": text, "child.yaml": "Resources: {Topic: {Type: AWS::SNS::Topic}}"})
    assert resource(read, "Storage/Topic").type == "AWS::SNS::Topic"


def test_a_template_that_nests_itself_is_refused() -> None:
    text = "Resources: {Me: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./template.yaml}}}"
    with pytest.raises(InvalidTemplate, match=r"template.yaml:1:13: Me nests template.yaml in itself"):
        application(text)


UNKNOWN = """
    Parameters:
      Key: {Type: String}
      Secret: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /db/password}
    Conditions: {Encrypted: !Not [!Equals [!Ref Key, ""]]}
    Resources:
      Topic: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Ref Key, TopicName: !Sub "t-${Secret}"}}
      Alarm: {Type: AWS::CloudWatch::Alarm, Condition: Encrypted}
      Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: '{{resolve:ssm:/name}}', Tags: [!ImportValue tag]}}
      Thing: {Type: Custom::Thing, Properties: {Zones: !GetAZs "", Port: !GetAtt Queue.Nothing}}
    Outputs: {Zone: {Value: !Select [0, !GetAZs ""]}}
"""


@pytest.mark.parametrize(
    ("path", "property_path", "reason"),
    [
        ("Topic", ("KmsMasterKeyId",), "parameter Key has no value"),
        ("Topic", ("TopicName",), "the value of /db/password in Systems Manager"),
        ("Alarm", (), "whether it exists depends on parameter Key has no value"),
        ("Queue", ("QueueName",), "the dynamic reference {{resolve:ssm:/name}}"),
        ("Queue", ("Tags", 0), "the export tag of another stack"),
        ("Thing", ("Zones",), "the availability zones of eu-west-1"),
        ("Thing", ("Port",), "Queue.Nothing is known once deployed"),
        ("Outputs", ("Zone",), "the availability zones of eu-west-1"),
    ],
)
def test_every_unresolved_value_is_named(path: str, property_path: tuple[str, ...], reason: str) -> None:
    named = {(found.path, found.property_path, found.reason) for found in application(UNKNOWN).unresolved}
    assert (path, property_path, reason) in named


def test_what_may_not_exist_is_uncertain() -> None:
    assert application(UNKNOWN).uncertain == {"Alarm": Unknown("parameter Key has no value")}


def test_properties_that_a_transform_writes_are_uncertain() -> None:
    text = """
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: 's3://bucket/topic.yaml'}}}
    """
    assert list(application(text).uncertain) == ["Topic"]


def test_a_reference_to_what_a_false_condition_leaves_out_is_unknown() -> None:
    text = """
        Conditions: {Never: !Equals [1, 2]}
        Resources:
          A: {Type: AWS::SNS::Topic, Condition: Never}
          B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt A.TopicName}}
    """
    read = application(text)
    assert resource(read, "B").properties["DisplayName"] == Unknown("A does not exist: its condition is false")


def test_a_local_include_is_put_in_its_place() -> None:
    text = """
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              TopicName: orders
              Fn::Transform: {Name: AWS::Include, Parameters: {Location: parts/topic.yaml}}
    """
    read = application({"template.yaml": text, "parts/topic.yaml": "KmsMasterKeyId: !Ref AWS::StackName"})
    assert resource(read, "Topic").properties == {"TopicName": "orders", "KmsMasterKeyId": "orders"}


def test_an_unknown_macro_is_named() -> None:
    read = application("Transform: Mine\nResources: {A: {Type: AWS::SNS::Topic}}")
    assert [(found.path, found.reason) for found in read.unresolved] == [
        ("Transform", "the transform Mine runs in the account only")
    ]


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        pytest.param("Function", "{Handler: a.b, Runtime: python3.13, CodeUri: src/}", id="local code"),
        pytest.param(
            "Function", "{Handler: a.b, Runtime: python3.13, CodeUri: !Sub 's3://${AWS::Region}/k'}", id="Sub"
        ),
        pytest.param("Function", "{Handler: a.b, Runtime: python3.13}", id="no code at all"),
        pytest.param("Function", "{PackageType: Image}", id="an image to build"),
        pytest.param("LayerVersion", "{ContentUri: layer/}", id="a local layer"),
        pytest.param("Api", "{StageName: Prod, DefinitionUri: api.yaml}", id="a local definition"),
        pytest.param("StateMachine", "{DefinitionUri: machine.asl.json}", id="a local state machine"),
    ],
)
def test_what_sam_would_package_can_be_local(kind: str, properties: str) -> None:
    text = f"Resources: {{Thing: {{Type: AWS::Serverless::{kind}, Properties: {properties}}}}}"
    assert application(f"Transform: AWS::Serverless-2016-10-31\n{text}").unresolved == ()


def test_the_local_definition_of_an_api_is_read() -> None:
    text = """
        Transform: AWS::Serverless-2016-10-31
        Resources: {Api: {Type: AWS::Serverless::Api, Properties: {StageName: Prod, DefinitionUri: api.yaml}}}
    """
    read = application({"template.yaml": text, "api.yaml": "paths: {/: {get: {}}}"})
    assert resource(read, "Api").properties["Body"] == {"paths": {"/": {"get": {}}}}


def test_a_parameter_without_a_value_does_not_stop_the_transform() -> None:
    text = """
        Transform: AWS::Serverless-2016-10-31
        Parameters: {Stage: {Type: String}}
        Resources:
          Hello:
            Type: AWS::Serverless::Function
            Properties: {Handler: a.b, Runtime: python3.13, CodeUri: src/, AutoPublishAlias: !Ref Stage}
    """
    alias = next(found for found in application(text).resources if found.type == "AWS::Lambda::Alias")
    assert alias.properties["Name"] == Unknown("parameter Stage has no value")


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(InvalidTemplate, match=r"^nowhere.yaml: there is no such file$"):
        read_application("nowhere.yaml", {}, Home("eu-west-1", "1", "s"), read_file={}.get)


def test_a_directory_is_no_file() -> None:
    assert local_file("/") is None
