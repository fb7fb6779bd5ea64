"""What a Lambda entry point works with.

Owns `Environment`: the settings that the template gives the functions, and the seams (clients, clock, sleep, log).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3

from fitness import catalogue
from fitness.aws import SETTINGS, Aws, respond
from fitness.judge import Judge, with_enforcement
from fitness.metrics import DEFAULT_NAMESPACE
from fitness.records import Records

Event = Mapping[str, Any]
RULES_FILE = Path(__file__).parent.parent / "rules.yaml"
# What it may take to record, publish and answer once the waiting is over.
TIME_TO_ANSWER = timedelta(seconds=60)


def _now() -> datetime:
    return datetime.now(UTC)


def _client(service: str) -> Any:
    make: Callable[..., Any] = boto3.client
    return make(service, config=SETTINGS)


def _log(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - standard output is the log of a Lambda function


@dataclass(frozen=True)
class Environment:
    """Settings and seams of an entry point; tests give their own."""

    stack_id: str
    bucket: str
    namespace: str
    enforcement: str | None
    aws: Aws
    rules: Path = RULES_FILE
    clock: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep
    report: Callable[[str], None] = _log
    respond: Callable[[str, Mapping[str, Any]], None] = respond

    @property
    def records(self) -> Records:
        return Records(self.aws, self.bucket)

    @cached_property
    def judge(self) -> Judge:
        """A judge under the catalogue that ships with the function."""
        rules = with_enforcement(catalogue.load(self.rules.read_text(), self.rules.name), self.enforcement)
        return Judge(self.aws, rules, self.clock, self.sleep, self.report)

    def deadline(self, context: Any) -> datetime:
        """When waiting has to end so that the answer still goes out before Lambda ends the function."""
        remaining = timedelta(milliseconds=context.get_remaining_time_in_millis())
        return self.clock() + remaining - min(TIME_TO_ANSWER, remaining / 2)


def from_variables() -> Environment:
    """The environment that the template gives the functions, in environment variables."""
    return Environment(
        stack_id=os.environ["STACK_ID"],
        bucket=os.environ["RECORDS_BUCKET"],
        namespace=os.environ.get("FITNESS_NAMESPACE", DEFAULT_NAMESPACE),
        enforcement=os.environ.get("GATE_ENFORCEMENT"),
        aws=Aws(_client),
    )
