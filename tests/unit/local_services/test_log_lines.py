"""The log of an invocation: the lines that Lambda writes around what a function prints, and when they are written."""

from __future__ import annotations

import json
from dataclasses import replace

from workbench.local_aws.functions.invocation_log import InvocationLog, Line
from workbench.local_aws.functions.log_lines import Report, end_lines, start_line
from workbench.local_aws.functions.version import FunctionVersion

VERSION = FunctionVersion(
    "arn:aws:lambda:eu-west-1:1:function:f:3", "f", "3", "python3.13", "app.handler", 3.0, 128, "sha", b""
)
COLD = Report("id", seconds=0.0101, init_seconds=0.2, max_memory_mb=40)


def test_a_cold_start_is_billed_and_reported_with_its_init() -> None:
    end, report = end_lines(VERSION, COLD, None)
    assert end == "END RequestId: id"
    assert "Duration: 10.10 ms\tBilled Duration: 211 ms" in report
    assert report.endswith("Max Memory Used: 40 MB\tInit Duration: 200.00 ms")


def test_a_warm_start_has_no_init() -> None:
    assert "Init Duration" not in end_lines(VERSION, replace(COLD, init_seconds=None), None)[-1]


def test_the_last_words_stand_before_the_end() -> None:
    assert end_lines(VERSION, COLD, "Task timed out")[:2] == ["Task timed out", "END RequestId: id"]


def test_json_has_platform_records() -> None:
    version = replace(VERSION, log_format="JSON")
    (report,) = end_lines(version, COLD, None)
    assert json.loads(start_line(version, "id"))["type"] == "platform.start"
    assert json.loads(report)["record"]["metrics"]["initDurationMs"] == 200.0


def test_any_change_makes_another_version_to_run() -> None:
    assert replace(VERSION, code=b"other") == VERSION
    assert replace(VERSION, code_sha256="other") != VERSION
    assert replace(VERSION, environment=(("A", "1"),)) != VERSION


def test_a_short_invocation_is_written_once_with_whole_lines() -> None:
    written: list[list[Line]] = []
    log = InvocationLog(written.append, "START", clock=lambda: 0.5)
    log.hear(b"one\n\ntw")
    log.hear(b"o\nthree")
    assert log.end(["END"]) == "START\none\ntwo\nthree\nEND\n"
    assert written == [[(500, line) for line in ("START", "one", "two", "three", "END")]]


def test_a_long_invocation_is_written_while_it_runs() -> None:
    now, written = [0.0], list[list[Line]]()
    log = InvocationLog(written.append, "START", clock=lambda: now[0])
    now[0] = 0.7
    log.hear(b"waiting\n")
    now[0] = 1.2
    log.hear(b"")
    assert written == [[(0, "START"), (700, "waiting")]]
