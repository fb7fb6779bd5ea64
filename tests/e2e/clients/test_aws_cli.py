"""What users type of the AWS CLI: packages, change sets, rollbacks, waiters, objects, functions, what Config says."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.clients.terminal import Done, Terminal
from tests.e2e.waiting import eventually

pytestmark = pytest.mark.slow
STACK = ("--stack-name", "jobs")
TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Parameters:
  Color: {Type: String, Default: red}
  Code: {Type: String, Default: ""}
Conditions:
  Elsewhere: !Not [!Equals [!Ref Code, ""]]
Resources:
  Greeter:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: code/, Handler: greeter.handler, Runtime: python3.14}
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {Tags: [{Key: color, Value: !Ref Color}]}
  Absent:
    Type: AWS::Lambda::Function
    Condition: Elsewhere
    DependsOn: Jobs
    Properties:
      Code: {S3Bucket: artifacts, S3Key: !Ref Code}
      Handler: index.handler
      Role: !GetAtt GreeterRole.Arn
      Runtime: python3.14
  Versioned:
    Type: AWS::Config::ConfigRule
    Properties:
      Source: {Owner: AWS, SourceIdentifier: S3_BUCKET_VERSIONING_ENABLED}
Outputs:
  Jobs: {Value: !GetAtt Jobs.Arn, Export: {Name: jobs}}
"""
CODE = "def handler(event, context):\n    print('greeting', event['name'])\n    return 'Hello ' + event['name']\n"


@pytest.fixture(scope="module")
def packaged(terminal: Terminal) -> Path:
    """The template with its code uploaded by `aws cloudformation package`."""
    (terminal.folder / "code").mkdir()
    (terminal.folder / "code/greeter.py").write_text(CODE)
    (terminal.folder / "template.yaml").write_text(TEMPLATE)
    terminal("aws", "s3", "mb", "s3://artifacts")
    packaging = ("--template-file", "template.yaml", "--s3-bucket", "artifacts", "--output-template-file", "out.yaml")
    assert "Successfully packaged artifacts" in terminal("aws", "cloudformation", "package", *packaging)
    return terminal.folder / "out.yaml"


def deploy(terminal: Terminal, packaged: Path, *options: str) -> Done:
    may = ("--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND")
    return terminal.run("aws", "cloudformation", "deploy", "--template-file", str(packaged), *STACK, *may, *options)


def stack(terminal: Terminal) -> dict[str, Any]:
    found: dict[str, Any] = terminal.aws("cloudformation", "describe-stacks", *STACK)["Stacks"][0]
    return found


def reasons(terminal: Terminal) -> list[tuple[str, str, str]]:
    """Resource, status and reason of what failed, the newest first."""
    events = terminal.aws("cloudformation", "describe-stack-events", *STACK)["StackEvents"]
    return [
        (each["LogicalResourceId"], each["ResourceStatus"], each["ResourceStatusReason"])
        for each in events
        if each["ResourceStatus"].endswith("FAILED")
    ]


@pytest.fixture(scope="module")
def rolled_back(terminal: Terminal, packaged: Path) -> Done:
    """The first creation, which fails."""
    return deploy(terminal, packaged, "--parameter-overrides", "Code=absent.zip")


@pytest.fixture(scope="module")
def deployed(terminal: Terminal, packaged: Path, rolled_back: Done) -> Done:
    """The second creation, once the remains of the first are deleted."""
    terminal("aws", "cloudformation", "delete-stack", *STACK)
    terminal("aws", "cloudformation", "wait", "stack-delete-complete", *STACK)
    return deploy(terminal, packaged)


@pytest.fixture(scope="module")
def changed(terminal: Terminal, packaged: Path, deployed: Done) -> dict[str, Any]:
    """A change set that was looked at first, and executed then."""
    deploy(terminal, packaged, "--parameter-overrides", "Color=blue", "--no-execute-changeset")
    (summary,) = terminal.aws("cloudformation", "list-change-sets", *STACK)["Summaries"]
    named = ("--change-set-name", summary["ChangeSetId"])
    described: dict[str, Any] = terminal.aws("cloudformation", "describe-change-set", *named)
    terminal("aws", "cloudformation", "execute-change-set", *named)
    terminal("aws", "cloudformation", "wait", "stack-update-complete", *STACK)
    return described


@pytest.fixture(scope="module")
def refused(terminal: Terminal, packaged: Path, changed: dict[str, Any]) -> Done:
    """An update that fails after it has changed something."""
    return deploy(terminal, packaged, "--parameter-overrides", "Color=green", "Code=absent.zip")


def color(terminal: Terminal) -> str:
    """The tag of the queue. Version 1 of the AWS CLI asks SQS in the cloud unless the command line says otherwise."""
    endpoint = terminal.exported["AWS_ENDPOINT_URL"]
    named = terminal.aws("cloudformation", "describe-stack-resource", *STACK, "--logical-resource-id", "Jobs")
    url = named["StackResourceDetail"]["PhysicalResourceId"]
    found = terminal.aws("sqs", "list-queue-tags", "--queue-url", url, "--endpoint-url", endpoint)
    return str(found["Tags"]["color"])


def test_a_creation_that_fails_is_rolled_back(terminal: Terminal, rolled_back: Done) -> None:
    assert rolled_back.returncode == 255
    assert "Failed to create/update the stack" in rolled_back.stderr
    assert stack(terminal)["StackStatus"] == "ROLLBACK_COMPLETE"
    ((resource, status, reason),) = reasons(terminal)
    assert (resource, status) == ("Absent", "CREATE_FAILED")
    assert "S3 Error Code: NoSuchKey" in reason
    assert "Service: Lambda, Status Code: 400" in reason


def test_a_package_is_deployed(terminal: Terminal, deployed: Done) -> None:
    assert (deployed.returncode, deployed.stderr) == (0, "")
    assert "Successfully created/updated stack - jobs" in deployed.stdout
    terminal("aws", "cloudformation", "wait", "stack-create-complete", *STACK)
    assert color(terminal) == "red"


def test_a_change_set_tells_what_it_would_do(changed: dict[str, Any]) -> None:
    (change,) = (each["ResourceChange"] for each in changed["Changes"])
    assert (change["Action"], change["LogicalResourceId"], change["Replacement"]) == ("Modify", "Jobs", "False")
    assert "Color" in [detail.get("CausingEntity") for detail in change["Details"]]
    assert changed["ExecutionStatus"] == "AVAILABLE"


def test_an_update_that_fails_is_taken_back(terminal: Terminal, refused: Done) -> None:
    assert refused.returncode == 255
    terminal("aws", "cloudformation", "wait", "stack-rollback-complete", *STACK)
    assert terminal.run("aws", "cloudformation", "wait", "stack-update-complete", *STACK).returncode == 255
    assert reasons(terminal)[0][:2] == ("Absent", "CREATE_FAILED")
    assert color(terminal) == "blue"


def test_what_does_not_change_is_said_so(terminal: Terminal, packaged: Path, refused: Done) -> None:
    said = deploy(terminal, packaged, "--no-fail-on-empty-changeset", "--parameter-overrides", "Color=blue")
    assert (said.returncode, "No changes to deploy. Stack jobs is up to date" in said.stdout) == (0, True)


def test_a_function_is_invoked_and_its_log_read(terminal: Terminal, deployed: Done) -> None:
    resource = terminal.aws("cloudformation", "describe-stack-resource", *STACK, "--logical-resource-id", "Greeter")
    name = resource["StackResourceDetail"]["PhysicalResourceId"]
    terminal("aws", "lambda", "invoke", "--function-name", name, "--payload", '{"name": "Ada"}', "answer.json")
    assert (terminal.folder / "answer.json").read_text() == '"Hello Ada"'
    group = ("--log-group-name", f"/aws/lambda/{name}")
    (stream,) = terminal.aws("logs", "describe-log-streams", *group)["logStreams"]
    events = terminal.aws("logs", "get-log-events", *group, "--log-stream-name", stream["logStreamName"])["events"]
    assert "greeting Ada" in [event["message"].strip() for event in events]


def test_objects_are_synchronized_listed_read_and_removed(terminal: Terminal) -> None:
    tree = terminal.folder / "tree"
    (tree / "inner").mkdir(parents=True)
    (tree / "inner/a b.txt").write_text("hello")
    (tree / "big.bin").write_bytes(bytes(9_000_000))
    terminal("aws", "s3", "mb", "s3://tree")
    assert "inner/a b.txt" in terminal("aws", "s3", "sync", "tree", "s3://tree")
    assert terminal("aws", "s3", "sync", "tree", "s3://tree") == ""
    assert "Total Objects: 2" in terminal("aws", "s3", "ls", "s3://tree", "--recursive", "--summarize")
    assert terminal("aws", "s3", "cp", "s3://tree/inner/a b.txt", "-") == "hello"
    link = terminal("aws", "s3", "presign", "s3://tree/inner/a b.txt").strip()
    with urllib.request.urlopen(link) as answer:  # noqa: S310 - of the local AWS
        assert answer.read() == b"hello"
    assert "BucketNotEmpty" in terminal.run("aws", "s3", "rb", "s3://tree").stderr
    assert "remove_bucket: tree" in terminal("aws", "s3", "rb", "s3://tree", "--force")


def test_config_tells_its_rules_in_every_format(terminal: Terminal, deployed: Done) -> None:
    query = ("--query", "ComplianceByConfigRules[].Compliance.ComplianceType")
    said = eventually(
        lambda: terminal("aws", "configservice", "describe-compliance-by-config-rule", *query, "--output", "text"),
        is_so=lambda text: "INSUFFICIENT_DATA" not in text,
    )
    assert said == "NON_COMPLIANT\n"
    table = terminal("aws", "configservice", "describe-config-rules", "--output", "table")
    assert re.search(r"\| +SourceIdentifier +\| +S3_BUCKET_VERSIONING_ENABLED +\|", table)


def test_who_is_asking_is_told_as_on_aws(terminal: Terminal) -> None:
    identity = terminal.aws("sts", "get-caller-identity")
    assert identity["Account"] == "123456789012"
    assert identity["Arn"].startswith("arn:aws:iam::123456789012:")


def test_a_stack_that_is_deleted_is_no_more(terminal: Terminal, refused: Done) -> None:
    terminal("aws", "cloudformation", "delete-stack", "--stack-name", "jobs")
    terminal("aws", "cloudformation", "wait", "stack-delete-complete", *STACK)
    asked = terminal.run("aws", "cloudformation", "describe-stacks", *STACK)
    assert asked.stderr.strip().endswith(
        "(ValidationError) when calling the DescribeStacks operation: Stack with id jobs does not exist"
    )
