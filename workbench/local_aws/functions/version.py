"""One version of a function as a value: all that is needed to run it.

Two equal values may share a process; any change of code or configuration makes another value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FunctionVersion:
    """What runs when this version is invoked."""

    arn: str
    name: str
    version: str
    runtime: str
    handler: str
    timeout: float
    memory_size: int
    code_sha256: str
    code: bytes = field(compare=False, repr=False)
    environment: tuple[tuple[str, str], ...] = ()
    layers: tuple[bytes, ...] = field(default=(), repr=False)
    log_group: str = ""
    log_format: str = "Text"
    log_level: str | None = None
    reserved_concurrency: int | None = None
    maximum_retry_attempts: int = 2
    on_success: str | None = None
    on_failure: str | None = None
    dead_letter_target: str | None = None

    @property
    def region(self) -> str:
        return self.arn.split(":")[3]

    @property
    def function_arn(self) -> str:
        """The ARN without a qualifier."""
        return ":".join(self.arn.split(":")[:7])


def version_of(record: Any) -> FunctionVersion:
    """The value of a version as moto's function record holds it."""
    logging, asynchronous = record.logging_config, record.asynchronous_config
    return FunctionVersion(
        arn=record.function_arn,
        name=record.function_name,
        version=str(record.version),
        runtime=record.run_time or "",
        handler=record.handler or "",
        timeout=float(record.timeout),
        memory_size=int(record.memory_size),
        code_sha256=record.code_sha_256,
        code=getattr(record, "code_bytes", b""),
        environment=tuple(sorted((record.environment_vars or {}).items())),
        layers=record.layer_contents(),
        log_group=logging["LogGroup"],
        log_format=logging["LogFormat"],
        log_level=logging.get("ApplicationLogLevel"),
        reserved_concurrency=record.reserved_concurrency,
        maximum_retry_attempts=int(asynchronous.get("MaximumRetryAttempts", 2)),
        on_success=_destination(asynchronous, "OnSuccess"),
        on_failure=_destination(asynchronous, "OnFailure"),
        dead_letter_target=record.kept.get("DeadLetterConfig", {}).get("TargetArn"),
    )


def _destination(asynchronous: Mapping[str, Any], when: str) -> str | None:
    destinations = asynchronous.get("DestinationConfig") or {}
    return (destinations.get(when) or {}).get("Destination")
