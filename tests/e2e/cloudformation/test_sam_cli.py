"""The released SAM CLI deploys against the local AWS unchanged."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.build.conftest import copy_application
from tests.e2e.cloudformation.stacks import Stacks
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


@dataclass(frozen=True)
class Sam:
    """The SAM CLI in the folder of an application."""

    folder: Path
    environment: Mapping[str, str]

    def __call__(self, *arguments: str) -> str:
        """Everything that it printed. Raises CalledProcessError."""
        command = [str(Path(sys.executable).with_name("sam")), *arguments]
        done = subprocess.run(  # noqa: S603 - the tool under test
            command, cwd=self.folder, env=self.environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return done.stdout.decode()

    def deploy(self, *arguments: str) -> str:
        return self("deploy", "--stack-name", "greeting", "--resolve-s3", "--capabilities", *CAPABILITIES, *arguments)


CAPABILITIES = ("CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND")


@pytest.fixture(scope="module")
def sam(aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Sam:
    folder = tmp_path_factory.mktemp("application")
    (folder / "code").mkdir()
    (folder / "code" / "greeter.py").write_text(CODE)
    (folder / "template.yaml").write_text(TEMPLATE)
    (folder / "inner.yaml").write_text(INNER)
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL": aws.url,
        "AWS_SECRET_ACCESS_KEY": "test",
        "SAM_CLI_POLL_DELAY": "0.3",
        "SAM_CLI_TELEMETRY": "0",
    }
    return Sam(folder, environment)


def test_an_application_is_deployed_updated_and_deleted(sam: Sam, stacks: Stacks) -> None:
    deployed = sam.deploy()
    assert "Successfully created/updated stack - greeting" in deployed
    assert "Who greets" in deployed
    assert "No changes to deploy" in sam.deploy("--no-fail-on-empty-changeset")

    updated = sam.deploy("--parameter-overrides", "Greeting=ciao", "--tags", "team=orders")
    assert "* Modify" in updated
    function = stacks.physical_id("greeting", "Greeter")
    assert stacks.aws.client("lambda").invoke(FunctionName=function)["Payload"].read() == b'"ciao"'
    assert stacks.settled("greeting")["Tags"] == [{"Key": "team", "Value": "orders"}]

    assert "Deleted successfully" in sam("delete", "--no-prompts", "--stack-name", "greeting")
    assert "greeting" not in [item["StackName"] for item in stacks.client.describe_stacks()["Stacks"]]


def test_a_failed_deployment_shows_its_reason_in_the_table_of_events(sam: Sam, stacks: Stacks) -> None:
    broken = sam.folder / "broken.yaml"
    broken.write_text("Resources: {Bad: {Type: AWS::SNS::Topic, Properties: {TopicName: 'not a name'}}}")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        sam("deploy", "--stack-name", "broken", "--template-file", broken.name, "--resolve-s3")
    printed = caught.value.stdout.decode()
    assert "CREATE_FAILED" in printed
    assert "ROLLBACK_COMPLETE" in printed
    assert stacks.settled("broken")["StackStatus"] == "ROLLBACK_COMPLETE"


def test_missing_capabilities_are_named(sam: Sam) -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        sam("deploy", "--stack-name", "incapable", "--resolve-s3")
    assert "Requires capabilities : [CAPABILITY_IAM]" in caught.value.stdout.decode()


def test_our_own_application_is_built_deployed_and_found_unchanged(sam: Sam, stacks: Stacks, tmp_path: Path) -> None:
    copy_application(tmp_path)
    ours = Sam(tmp_path, sam.environment)
    ours("build")
    assert "Successfully created/updated stack - config-fitness" in ours("deploy")
    assert "No changes to deploy. Stack config-fitness is up to date" in ours("deploy")
    assert stacks.settled("config-fitness")["StackStatus"] == "CREATE_COMPLETE"
    table = stacks.physical_id("config-fitness", "EncryptedTable")
    assert stacks.aws.client("dynamodb").describe_table(TableName=table)["Table"]["DeletionProtectionEnabled"]
