"""A program on the AWS SDK for JavaScript: it works as on AWS, and fails as on AWS."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.clients.terminal import Terminal

pytestmark = [pytest.mark.slow, pytest.mark.needs("node"), pytest.mark.needs("npm")]
PROGRAM = Path(__file__).with_name("javascript")
TYPED = [
    "NoSuchConfigRuleException",
    "ResourceNotFoundException",
    "ResourceNotFoundException",
    "ValidationError",
    "NoSuchBucket",
    "QueueDoesNotExist",
    "DeploymentDoesNotExistException",
]


@pytest.fixture(scope="module")
def said(terminal: Terminal) -> Any:
    folder = terminal.folder / "javascript"
    shutil.copytree(PROGRAM, folder, ignore=shutil.ignore_patterns("node_modules"))
    shell = terminal.inside(folder)
    shell("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline")
    return json.loads(shell("node", "program.js"))


def test_a_change_set_is_described_executed_and_waited_for(said: Any) -> None:
    assert said["deployed"]["state"] == "SUCCESS"
    added = {"Archive", "Documents", "Greeter", "GreeterRole", "Items", "Jobs", "Versioned"}
    assert set(said["deployed"]["changes"]) == {f"Add {name}" for name in added}


def test_a_function_answers_and_logs(said: Any) -> None:
    assert (said["invoked"]["StatusCode"], said["invoked"]["answer"]) == (200, "Hello Ada")
    assert "INFO\\tgreeting Ada\\n" in json.dumps(said["invoked"]["log"])


def test_a_function_that_throws_tells_its_error(said: Any) -> None:
    assert (said["crashed"]["StatusCode"], said["crashed"]["FunctionError"]) == (200, "Unhandled")
    assert said["crashed"]["answer"]["errorType"] == "TypeError"


def test_objects_of_any_name_are_kept_and_listed_in_pages(said: Any) -> None:
    assert said["objects"] == {"listed": ["a b.txt", "deep/er/c.txt", "ü.txt"], "read": "content of ü.txt"}


def test_an_item_keeps_its_types_and_its_condition(said: Any) -> None:
    assert (said["items"]["price"], said["items"]["raw"]) == ("9.5", [1, 2, 3])
    assert said["items"]["refused"]["typed"]


def test_a_message_is_received(said: Any) -> None:
    assert said["messages"] == ["a job"]


def test_a_metric_is_told_apart_from_those_with_more_dimensions(said: Any) -> None:
    assert said["metric"] == {"averages": [80], "dated": True}


def test_an_update_that_fails_is_rolled_back_and_tells_why(said: Any) -> None:
    refused = said["refused"]
    assert (refused["status"], refused["resource"]) == ("UPDATE_ROLLBACK_COMPLETE", "Archive")
    assert "you already own it. (Service: S3, Status Code: 409, Request ID: " in refused["reason"]
    assert "HandlerErrorCode: AlreadyExists" in refused["reason"]


def test_a_change_by_hand_is_judged_and_told_page_by_page(said: Any) -> None:
    assert (said["drift"]["before"]["said"], said["drift"]["after"]["said"]) == ("COMPLIANT", "NON_COMPLIANT")
    assert said["drift"]["after"]["pages"] >= 2


def test_errors_are_of_the_types_of_the_sdk(said: Any) -> None:
    assert [error["name"] for error in said["errors"]] == TYPED
    assert all(error["typed"] and error["requestId"] and error["fault"] == "client" for error in said["errors"])


def test_a_stack_is_deleted_once_its_buckets_are_empty(said: Any) -> None:
    assert said["removed"] == "SUCCESS"
