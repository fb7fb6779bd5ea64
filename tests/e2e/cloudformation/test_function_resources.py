"""What a template says of functions is what Lambda holds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.serverless import ROLE, function, of
from tests.e2e.cloudformation.stacks import Stacks

pytestmark = pytest.mark.slow


TUNED = {
    "Architectures": ["arm64"],
    "DeadLetterConfig": {"TargetArn": {"Fn::GetAtt": ["Queue", "Arn"]}},
    "Description": "Tuned",
    "Environment": {"Variables": {"SIZE": 3}},
    "EphemeralStorage": {"Size": 1024},
    "LoggingConfig": {"LogFormat": "JSON", "LogGroup": "/orders"},
    "MemorySize": "512",
    "Timeout": 30,
    "TracingConfig": {"Mode": "Active"},
}


def configuration(stacks: Stacks, name: str) -> dict[str, Any]:
    function_name = stacks.physical_id(name, "Function")
    found: dict[str, Any] = stacks.aws.client("lambda").get_function_configuration(FunctionName=function_name)
    return found


def test_a_function_is_created_as_tuned(stacks: Stacks) -> None:
    stacks.create("tuned", {"Role": ROLE, "Queue": of("SQS::Queue"), "Function": function(**TUNED)})
    found = configuration(stacks, "tuned")
    assert found["Environment"]["Variables"] == {"SIZE": "3"}
    assert found["DeadLetterConfig"]["TargetArn"].startswith("arn:aws:sqs:")
    assert (found["MemorySize"], found["Timeout"], found["Architectures"]) == (512, 30, ["arm64"])
    assert (found["TracingConfig"]["Mode"], found["LoggingConfig"]["LogFormat"]) == ("Active", "JSON")
    assert found["EphemeralStorage"]["Size"] == 1024


def test_a_function_is_tuned_in_place_and_back_to_the_defaults(stacks: Stacks) -> None:
    stacks.create("retuned", {"Role": ROLE, "Queue": of("SQS::Queue"), "Function": function()})
    stacks.update("retuned", {"Role": ROLE, "Queue": of("SQS::Queue"), "Function": function(**TUNED)})
    assert configuration(stacks, "retuned")["TracingConfig"]["Mode"] == "Active"
    stacks.update("retuned", {"Role": ROLE, "Queue": of("SQS::Queue"), "Function": function()})
    found = configuration(stacks, "retuned")
    assert (found["MemorySize"], found["Timeout"], found["TracingConfig"]["Mode"]) == (128, 3, "PassThrough")
    assert found["LoggingConfig"]["LogFormat"] == "Text"


def test_concurrency_is_reserved_and_released(stacks: Stacks) -> None:
    client = stacks.aws.client("lambda")
    stacks.create("reserved", {"Role": ROLE, "Function": function(ReservedConcurrentExecutions=5)})
    where = {"FunctionName": stacks.physical_id("reserved", "Function")}
    assert client.get_function_concurrency(**where)["ReservedConcurrentExecutions"] == 5
    stacks.update("reserved", {"Role": ROLE, "Function": function()})
    assert "ReservedConcurrentExecutions" not in client.get_function_concurrency(**where)


def test_new_code_runs(stacks: Stacks) -> None:
    stacks.create("coded", {"Role": ROLE, "Function": function()})
    code = {"ZipFile": "def handler(event, context): return 2"}
    stacks.update("coded", {"Role": ROLE, "Function": function(Code=code)})
    answer = stacks.aws.client("lambda").invoke(FunctionName=stacks.physical_id("coded", "Function"))
    assert answer["Payload"].read() == b"2"


def test_a_permission_stands_in_the_functions_policy(stacks: Stacks) -> None:
    permission = of(
        "Lambda::Permission",
        Action="lambda:InvokeFunction",
        FunctionName={"Ref": "Function"},
        Principal="s3.amazonaws.com",
        SourceAccount={"Ref": "AWS::AccountId"},
    )
    stacks.create("permitted", {"Role": ROLE, "Function": function(), "Permission": permission})
    where = {"FunctionName": stacks.physical_id("permitted", "Function")}
    policy = stacks.aws.client("lambda").get_policy(**where)["Policy"]
    assert "s3.amazonaws.com" in policy
    assert '"AWS:SourceAccount":"123456789012"' in policy


def feeding(**more: Any) -> dict[str, Any]:
    queue, name = {"Fn::GetAtt": ["Queue", "Arn"]}, {"Ref": "Function"}
    mapping = of("Lambda::EventSourceMapping", EventSourceArn=queue, FunctionName=name, **more)
    return {"Role": ROLE, "Queue": of("SQS::Queue"), "Function": function(), "Mapping": mapping}


def test_a_queue_feeds_a_function(stacks: Stacks) -> None:
    stacks.create("feeding", feeding(BatchSize="5"))
    found = stacks.aws.client("lambda").get_event_source_mapping(UUID=stacks.physical_id("feeding", "Mapping"))
    assert found["BatchSize"] == 5


def test_what_a_template_no_longer_says_of_a_mapping_is_as_it_was_before(stacks: Stacks) -> None:
    client = stacks.aws.client("lambda")
    told = {"Enabled": False, "BatchSize": 5, "FilterCriteria": {"Filters": [{"Pattern": '{"body": ["a"]}'}]}}

    def settled() -> dict[str, Any]:
        found: dict[str, Any] = client.get_event_source_mapping(UUID=stacks.physical_id("reset", "Mapping"))
        return {key: value for key, value in found.items() if key not in ("LastModified", "ResponseMetadata")}

    stacks.create("reset", feeding())
    before = settled()
    stacks.update("reset", feeding(**told, Tags=[{"Key": "team", "Value": "a"}]))
    assert client.list_tags(Resource=before["EventSourceMappingArn"])["Tags"]["team"] == "a"
    assert (settled()["State"], settled()["FilterCriteria"]) == ("Disabled", told["FilterCriteria"])
    stacks.update("reset", feeding())
    assert settled() == before
