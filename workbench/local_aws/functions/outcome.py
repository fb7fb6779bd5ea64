"""What an invocation ends with, and the payloads of Lambda for ends that are not the function's own."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """The answer of one invocation; `log` is what it wrote, with Lambda's own lines around it."""

    payload: bytes
    failed: bool
    log: str
    request_id: str


def error_payload(kind: str, message: str) -> bytes:
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()


def timed_out(request_id: str, timeout: float) -> bytes:
    message = f"RequestId: {request_id} Error: Task timed out after {timeout:.2f} seconds"
    return error_payload("Sandbox.Timedout", message)


def exited(request_id: str, code: int) -> bytes:
    return error_payload("Runtime.ExitError", exit_message(request_id, code))


def exit_message(request_id: str, code: int) -> str:
    """`code` is negative for the signal that ended the process."""
    reason = "without providing a reason"
    if code:
        reason = "with error: " + ("signal: killed" if code < 0 else f"exit status {code}")
    return f"RequestId: {request_id} Error: Runtime exited {reason}"


def too_large(size: int) -> bytes:
    message = f"Response payload size ({size} bytes) exceeded maximum allowed payload size (6291556 bytes)."
    return error_payload("Function.ResponseSizeTooLarge", message)
