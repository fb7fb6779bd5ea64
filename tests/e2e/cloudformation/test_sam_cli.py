"""The released SAM CLI deploys against the local AWS unchanged."""

from __future__ import annotations

import pytest

from tests.e2e.clients.terminal import Terminal
from tests.e2e.cloudformation.stacks import Stacks
from workbench.local import exports
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Parameters:
  Greeting: {Type: String, Default: hello}
Resources:
  Table: {Type: AWS::Serverless::SimpleTable}
  Greeter:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code/
      Handler: greeter.handler
      Runtime: python3.14
      AutoPublishAlias: live
      Environment: {Variables: {GREETING: !Ref Greeting}}
      Events: {Get: {Type: Api, Properties: {Path: /greeting, Method: get}}}
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: inner.yaml}
Outputs:
  Greeter: {Value: !Ref Greeter, Description: Who greets}
"""
INNER = "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"
CODE = "import os\n\ndef handler(event, context):\n    return os.environ['GREETING']\n"


CAPABILITIES = ("CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND")


@pytest.fixture(scope="module")
def terminal(aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    folder = tmp_path_factory.mktemp("application")
    (folder / "code").mkdir()
    (folder / "code" / "greeter.py").write_text(CODE)
    (folder / "template.yaml").write_text(TEMPLATE)
    (folder / "inner.yaml").write_text(INNER)
    return Terminal(folder, exports(aws))


def deploy(terminal: Terminal, *arguments: str) -> str:
    """What `sam deploy` printed."""
    naming = ("--stack-name", "greeting", "--resolve-s3")
    return terminal("sam", "deploy", *naming, "--capabilities", *CAPABILITIES, *arguments)


def test_an_application_is_deployed_updated_and_deleted(terminal: Terminal, stacks: Stacks) -> None:
    deployed = deploy(terminal)
    assert "Successfully created/updated stack - greeting" in deployed
    assert "Who greets" in deployed
    assert "No changes to deploy" in deploy(terminal, "--no-fail-on-empty-changeset")

    updated = deploy(terminal, "--parameter-overrides", "Greeting=ciao", "--tags", "team=orders")
    assert "* Modify" in updated
    function = stacks.physical_id("greeting", "Greeter")
    assert stacks.aws.client("lambda").invoke(FunctionName=function)["Payload"].read() == b'"ciao"'
    assert stacks.settled("greeting")["Tags"] == [{"Key": "team", "Value": "orders"}]

    assert "Deleted successfully" in terminal("sam", "delete", "--no-prompts", "--stack-name", "greeting")
    assert "greeting" not in [item["StackName"] for item in stacks.client.describe_stacks()["Stacks"]]


def test_a_failed_deployment_shows_its_reason_in_the_table_of_events(terminal: Terminal, stacks: Stacks) -> None:
    broken = terminal.folder / "broken.yaml"
    broken.write_text("Resources: {Bad: {Type: AWS::SNS::Topic, Properties: {TopicName: 'not a name'}}}")
    done = terminal.run("sam", "deploy", "--stack-name", "broken", "--template-file", broken.name, "--resolve-s3")
    assert done.returncode == 1
    assert "CREATE_FAILED" in done.stdout
    assert "ROLLBACK_COMPLETE" in done.stdout
    assert stacks.settled("broken")["StackStatus"] == "ROLLBACK_COMPLETE"


def test_missing_capabilities_are_named(terminal: Terminal) -> None:
    done = terminal.run("sam", "deploy", "--stack-name", "incapable", "--resolve-s3")
    assert "Requires capabilities : [CAPABILITY_IAM]" in done.stderr
