"""What runs inside a function's own process: imports the handler, answers one event after another.

Speaks lines of JSON on two pipes whose descriptors are its arguments: a request in, an answer out. Whatever the
function prints goes to stdout, which is the function's log. Nothing but the standard library, and no module of the
workbench: the process belongs to the function.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import resource
import sys
import time
import traceback
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace, TracebackType
from typing import Any, TextIO

Handler = Callable[[Any, Any], Any]


class InitError(Exception):
    """The handler cannot be loaded; `kind` is Lambda's name for the reason."""

    def __init__(self, kind: str, message: str, trace: list[str] | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.trace = trace or []


class Context:
    """The second argument of a handler."""

    def __init__(self, request: dict[str, Any]) -> None:
        environment = os.environ
        self.aws_request_id: str = request["requestId"]
        self.invoked_function_arn: str = request["invokedFunctionArn"]
        self.function_name = environment["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = environment["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = environment["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = environment["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.client_context = _namespace(request.get("clientContext"))
        self.identity = SimpleNamespace(cognito_identity_id=None, cognito_identity_pool_id=None)
        self._deadline = float(request["deadline"])

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._deadline - time.time()) * 1000))

    def log(self, message: str) -> None:
        sys.stdout.write(message)


class LogFormatter(logging.Formatter):
    """The lines that Lambda's own log handler writes, as text or as JSON."""

    converter = staticmethod(time.gmtime)

    def __init__(self, *, as_json: bool) -> None:
        super().__init__("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S")
        self._as_json = as_json
        self.request_id = ""

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = self.request_id
        if not self._as_json:
            return _one_line(super().format(record))
        fields = {
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "requestId": self.request_id,
        }
        if record.exc_info:
            fields["stackTrace"] = self.formatException(record.exc_info)
        return json.dumps(fields, default=str)


def main(requests: TextIO, answers: TextIO) -> None:
    formatter = _set_up_logging()
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except InitError as error:
        _answer(answers, _failure(str(error), error.kind, "", error.trace, formatter))
        return
    _answer(answers, {"ready": True})
    for line in requests:
        request = json.loads(line)
        formatter.request_id = request["requestId"]
        _answer(answers, handle(handler, request, formatter))


def load_handler(name: str) -> Handler:
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise InitError("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}") from error
    module = _import(module_name.replace("/", "."))
    if not hasattr(module, function_name):
        raise InitError("Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'")
    handler: Handler = getattr(module, function_name)
    return handler


def _import(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise InitError("Runtime.ImportModuleError", f"Unable to import module '{name}': {error}") from error
    except SyntaxError as error:
        message = f"Syntax error in module '{name}': {error}"
        raise InitError("Runtime.UserCodeSyntaxError", message, traceback.format_exception_only(error)) from error
    except Exception as error:
        raise InitError(type(error).__name__, str(error), _frames(error.__traceback__)) from error


def handle(handler: Handler, request: dict[str, Any], formatter: LogFormatter) -> dict[str, Any]:
    request_id = request["requestId"]
    try:
        result = handler(json.loads(request["event"]), Context(request))
    except Exception as error:  # noqa: BLE001 - whatever the function raises becomes its answer
        return _failure(str(error), type(error).__name__, request_id, _frames(error.__traceback__), formatter)
    try:
        payload = json.dumps(result, default=_plain, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        message = f"Unable to marshal response: {error}"
        return _failure(message, "Runtime.MarshalError", request_id, [], formatter)
    return {"payload": payload, "failed": False}


def _failure(message: str, kind: str, request_id: str, frames: list[str], formatter: LogFormatter) -> dict[str, Any]:
    error = {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": frames}
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON":
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        _print(json.dumps({"timestamp": stamp, "log_level": "ERROR", **error}))
    else:
        trace = ["Traceback (most recent call last):\n", *frames] if frames else []
        _print(_one_line(f"[ERROR] {kind}: {message}\n" + "".join(trace)))
    return {"payload": json.dumps(error), "failed": True}


def _frames(trace: TracebackType | None) -> list[str]:
    """The stack below this file, as Lambda shows it."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames if frame.filename != __file__ and "importlib" not in frame.filename]
    return traceback.format_list(own)


def _set_up_logging() -> LogFormatter:
    formatter = LogFormatter(as_json=os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON")
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    logging.root.addHandler(handler)
    # At INFO botocore tells of each client that it uses this AWS' endpoint: nothing that it would say on AWS.
    logging.getLogger("botocore.configprovider").setLevel(logging.WARNING)
    if level := os.environ.get("AWS_LAMBDA_LOG_LEVEL"):
        logging.root.setLevel({"TRACE": "DEBUG", "FATAL": "CRITICAL"}.get(level, level))
    return formatter


def _answer(answers: TextIO, answer: dict[str, Any]) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    answer["maxMemoryMb"] = _peak_memory_mb()
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _peak_memory_mb() -> int:
    """Of this process alone: Linux' resource usage starts from the parent's."""
    try:
        with open("/proc/self/status") as status:  # noqa: PTH123 - pathlib is the function's to import
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20


def _namespace(value: Any) -> Any:
    return SimpleNamespace(**value) if isinstance(value, dict) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _one_line(text: str) -> str:
    """One log event holds one record: Lambda writes inner line ends as carriage returns."""
    return text.rstrip("\n").replace("\n", "\r")


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    with os.fdopen(int(sys.argv[1]), "r") as incoming, os.fdopen(int(sys.argv[2]), "w") as outgoing:
        main(incoming, outgoing)
