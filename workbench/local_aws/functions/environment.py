"""What a function's process is given: its environment variables and its command, by runtime."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.local_aws.functions.version import FunctionVersion

_HERE = Path(__file__).parent
_ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE"


@dataclass(frozen=True)
class Surroundings:
    """Where a process runs: the endpoint of its AWS, its code, its layers, its log stream."""

    endpoint: str
    task_root: Path
    layers: tuple[Path, ...]
    home: Path
    log_stream: str


class RuntimeMissingError(Exception):
    """This machine cannot run the function; the message says what is missing."""


def environment(version: FunctionVersion, around: Surroundings) -> dict[str, str]:
    """The whole environment of the process: of the user's own only where modules are, least of all credentials."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(around.home),
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "PYTHONPATH": _search_path(around, "python"),
        "PYTHONUNBUFFERED": "1",
        "NODE_PATH": os.pathsep.join([_search_path(around, "nodejs/node_modules"), *_included_modules()]),
        "LAMBDA_TASK_ROOT": str(around.task_root),
        "AWS_ENDPOINT_URL": around.endpoint,
        "AWS_ACCESS_KEY_ID": _ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_SESSION_TOKEN": "local",
        **_described(version, around.log_stream),
        **dict(version.environment),
    }


def _described(version: FunctionVersion, log_stream: str) -> dict[str, str]:
    variables = {
        "_HANDLER": version.handler,
        "_X_AMZN_TRACE_ID": "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0",
        "AWS_REGION": version.region,
        "AWS_DEFAULT_REGION": version.region,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{version.runtime}",
        "AWS_LAMBDA_FUNCTION_NAME": version.name,
        "AWS_LAMBDA_FUNCTION_VERSION": version.version,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(version.memory_size),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": version.log_group,
        "AWS_LAMBDA_LOG_STREAM_NAME": log_stream,
        "AWS_LAMBDA_LOG_FORMAT": version.log_format,
    }
    return variables | ({"AWS_LAMBDA_LOG_LEVEL": version.log_level} if version.log_level else {})


def _search_path(around: Surroundings, folder: str) -> str:
    return os.pathsep.join([str(around.task_root), *(str(layer / folder) for layer in around.layers)])


def _included_modules() -> list[str]:
    """Where this machine has what Lambda's own Node.js runtimes include: the AWS SDK for JavaScript."""
    return list(filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep)))


def command(version: FunctionVersion) -> list[str]:
    """Starts the process; the two pipes' descriptors are appended. Raises `RuntimeMissingError`."""
    family = next((name for name in _COMMANDS if version.runtime.startswith(name)), None)
    if family is None:
        known = " and ".join(_COMMANDS)
        raise RuntimeMissingError(
            f"The local AWS runs functions in {known} only, not in {version.runtime or 'images'}."
        )
    return _COMMANDS[family]()


def _python() -> list[str]:
    return [sys.executable, "-P", str(_HERE / "bootstrap_python.py")]


def _node() -> list[str]:
    node = shutil.which("node")
    if node is None:
        raise RuntimeMissingError("Node.js functions need `node` on the PATH of the local AWS; install it.")
    return [node, str(_HERE / "bootstrap_node.mjs")]


_COMMANDS: Mapping[str, Callable[[], list[str]]] = {"python": _python, "nodejs": _node}
