"""Functions in Node.js: what they log, how they fail, how they end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.local_services.functions import ROLE, invoke, messages, zipped
from workbench.local_aws.server import LocalAws

pytestmark = [pytest.mark.slow, pytest.mark.needs("node")]

CODE = """
    const ready = await Promise.resolve("yes");
    const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const ways = {
      answer: async () => ready,
      log: () => { console.log("a line", { a: 1 }); console.error("two\\nlines"); },
      throw: () => { throw new TypeError("no such thing"); },
      reject: () => Promise.reject("only text"),
      exit: () => process.exit(5),
      uncaught: async () => { setTimeout(() => { throw new RangeError("too late"); }, 1); await later(5000); },
      unhandled: async () => { Promise.reject(new Error("forgotten")); await later(5000); },
    };
    export const handler = async (event) => ways[event.way]();
    """


@pytest.fixture(scope="module")
def run(aws: LocalAws) -> Callable[[str], Any]:
    code = {"ZipFile": zipped(**{"app.mjs": CODE})}
    settings = {"Runtime": "nodejs20.x", "Handler": "app.handler", "Role": ROLE, "Timeout": 20, "Code": code}
    aws.client("lambda").create_function(FunctionName="node", MemorySize=512, **settings)
    return lambda way: invoke(aws, "node", {"way": way})


def failed(run: Callable[[str], Any], way: str) -> tuple[str, str]:
    answer = run(way)
    return answer["errorType"], answer["errorMessage"]


def test_a_module_may_wait_before_it_is_ready(run: Callable[[str], Any]) -> None:
    assert run("answer") == "yes"


def test_an_error_has_the_shape_of_node(run: Callable[[str], Any]) -> None:
    answer = run("throw")
    assert sorted(answer) == ["errorMessage", "errorType", "trace"]
    assert answer["trace"][0] == "TypeError: no such thing"
    assert "bootstrap" not in json.dumps(answer)


@pytest.mark.parametrize(
    ("way", "kind", "message"),
    [
        ("reject", "string", "only text"),
        ("uncaught", "RangeError", "too late"),
        ("unhandled", "Runtime.UnhandledPromiseRejection", "Error: forgotten"),
    ],
)
def test_every_failure_is_told_at_once(run: Callable[[str], Any], way: str, kind: str, message: str) -> None:
    assert failed(run, way) == (kind, message)


def test_a_process_that_ends_itself_is_not_waited_for(run: Callable[[str], Any]) -> None:
    kind, message = failed(run, "exit")
    assert (kind, message.partition("Error: ")[2]) == ("Runtime.ExitError", "Runtime exited with error: exit status 5")


def test_a_process_that_failed_is_not_used_again(run: Callable[[str], Any]) -> None:
    run("uncaught")
    assert run("answer") == "yes"


def test_a_log_line_tells_time_request_and_level(aws: LocalAws, run: Callable[[str], Any]) -> None:
    run("log")
    logged = [re.sub(r"^[\d-]{10}T[\d:.]{12}Z\t[\da-f-]{36}\t", "", line) for line in messages(aws, "/aws/lambda/node")]
    assert "INFO\ta line { a: 1 }\n" in logged
    assert "ERROR\ttwo\rlines\n" in logged
