"""What a function's process is given of the machine that it runs on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workbench.local_aws.functions.environment import Surroundings, environment
from workbench.local_aws.functions.version import FunctionVersion

AROUND = Surroundings("http://127.0.0.1:4566", Path("/task"), (Path("/layer"),), Path("/home"), "stream")
VERSION = FunctionVersion(
    "arn:aws:lambda:eu-west-1:1:function:f", "f", "1", "nodejs22.x", "app.handler", 3, 128, "x", b""
)


def test_modules_are_looked_for_in_the_code_then_in_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NODE_PATH", raising=False)
    assert environment(VERSION, AROUND)["NODE_PATH"].split(os.pathsep) == ["/task", "/layer/nodejs/node_modules"]


def test_the_sdk_that_a_runtime_includes_is_looked_for_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NODE_PATH", "/sdk/node_modules")
    assert environment(VERSION, AROUND)["NODE_PATH"].split(os.pathsep)[-1] == "/sdk/node_modules"
