"""Where things are written: through Globals, the SAM transform and `Fn::If`."""

from __future__ import annotations

from textwrap import dedent

import pytest

from workbench.templates.application import Application, read_application
from workbench.templates.errors import Path
from workbench.templates.stand_ins import Home

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: prod}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Globals:
  Function:
    Runtime: python3.13
    Tracing: Active
    Environment:
      Variables:
        SHARED: global
  Api:
    TracingEnabled: true
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      CodeUri: src/
      Timeout: 5
      AutoPublishAlias: live
      DeploymentPreference:
        Type: AllAtOnce
      Environment:
        Variables:
          OWN: value
      Policies:
        - AWSXRayDaemonWriteAccess
        - Statement:
            - Effect: Allow
              Action: "*"
              Resource: "*"
      DeadLetterQueue:
        Type: SQS
        TargetArn: !GetAtt Queue.Arn
      EventInvokeConfig:
        MaximumRetryAttempts: 1
      FunctionUrlConfig:
        AuthType: NONE
      Events:
        Get:
          Type: Api
          Properties:
            Path: /
            Method: get
        Poll:
          Type: SQS
          Properties:
            Queue: !GetAtt Queue.Arn
            BatchSize: 5
        P:
          Type: SNS
          Properties:
            Topic: arn:aws:sns:eu-west-1:111122223333:orders
    Connectors:
      Pair:
        Properties:
          Destination:
            Id: Queue
          Permissions:
            - Write
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !If
        - IsProd
        - alias/orders
        - !Ref AWS::NoValue
      Tags:
        - !If [IsProd, !Ref AWS::NoValue, {Key: a, Value: b}]
        - Key: c
          Value: d
"""


@pytest.fixture(scope="module")
def read() -> Application:
    return read_application(
        "t.yaml",
        {},
        Home("eu-west-1", "111122223333", "orders"),
        read_file={"t.yaml": dedent(TEMPLATE)}.get,
    )


@pytest.mark.parametrize(
    ("path", "property_path", "written"),
    [
        pytest.param("Hello", (), "  Hello:", id="a resource"),
        pytest.param("Hello", ("Timeout",), "      Timeout: 5", id="a property of its own"),
        pytest.param("Hello", ("Runtime",), "    Runtime: python3.13", id="a property from Globals"),
        pytest.param("Hello", ("TracingConfig", "Mode"), "    Tracing: Active", id="a property with another name"),
        pytest.param("Hello", ("ReservedConcurrentExecutions",), "  Hello:", id="a property that is not there"),
        pytest.param("Hello", ("Environment", "Variables", "OWN"), "          OWN: value", id="merged, its own"),
        pytest.param("Hello", ("Environment", "Variables", "SHARED"), "        SHARED: global", id="merged, global"),
        pytest.param("Hello", ("DeadLetterConfig", "TargetArn"), "        TargetArn: !GetAtt Queue.Arn", id="inside"),
        pytest.param("Hello", ("Code", "S3Key"), "      CodeUri: src/", id="the code"),
        pytest.param("HelloRole", (), "  Hello:", id="a generated role"),
        pytest.param(
            "HelloRole",
            ("Policies", 1, "PolicyDocument", "Statement", 0, "Action"),
            '              Action: "*"',
            id="an inline policy of a generated role",
        ),
        pytest.param("HelloRole", ("Policies", 0), "  Hello:", id="a policy that the transform adds"),
        pytest.param("HelloRole", ("ManagedPolicyArns",), "      Policies:", id="the managed policies of a role"),
        pytest.param("HelloAliaslive", (), "  Hello:", id="a generated alias"),
        pytest.param("HelloPoll", (), "        Poll:", id="what an event generates"),
        pytest.param("HelloPPermission", (), "        P:", id="what an event with a short name generates"),
        pytest.param("HelloPairPolicy", (), "      Pair:", id="what a connector generates"),
        pytest.param("HelloPoll", ("BatchSize",), "            BatchSize: 5", id="a property of an event"),
        pytest.param("HelloUrl", ("AuthType",), "        AuthType: NONE", id="a setting of a function URL"),
        pytest.param(
            "HelloEventInvokeConfig", ("MaximumRetryAttempts",), "        MaximumRetryAttempts: 1", id="retries"
        ),
        pytest.param("HelloDeploymentGroup", (), "      DeploymentPreference:", id="a deployment group"),
        pytest.param("CodeDeployServiceRole", (), "      DeploymentPreference:", id="the role of CodeDeploy"),
        pytest.param("ServerlessRestApi", (), "        Get:", id="the implicit API"),
        pytest.param("ServerlessRestApiProdStage", ("TracingEnabled",), "    TracingEnabled: true", id="its stage"),
        pytest.param("ServerlessRestApiProdStage", ("AccessLogSetting",), "        Get:", id="nothing of its stage"),
        pytest.param("Queue", ("KmsMasterKeyId",), "      KmsMasterKeyId: !If", id="a conditional property"),
        pytest.param("Queue", ("Tags", 0, "Value"), "          Value: d", id="after an item that does not exist"),
        pytest.param("Queue", ("Tags", 7), "      Tags:", id="an item that is not there"),
        pytest.param("orders", (), "Transform: AWS::Serverless-2016-10-31", id="the stack itself"),
    ],
)
def test_a_property_is_placed_where_it_is_written(
    read: Application, path: str, property_path: Path, written: str
) -> None:
    place = read.place(path, property_path)
    line = TEMPLATE.splitlines()[place.line - 1]
    assert line == written
    assert place.column == len(line) - len(line.lstrip()) + 1
