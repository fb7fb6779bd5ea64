"""The lines that Lambda writes around what a function prints."""

from __future__ import annotations

import json
from dataclasses import replace

from workbench.local_aws.functions.log_lines import Report, lines
from workbench.local_aws.functions.version import FunctionVersion

VERSION = FunctionVersion(
    "arn:aws:lambda:eu-west-1:1:function:f:3", "f", "3", "python3.13", "app.handler", 3.0, 128, "sha", b""
)
COLD = Report("id", seconds=0.0101, init_seconds=0.2, max_memory_mb=40)


def test_a_cold_start_is_billed_and_reported_with_its_init() -> None:
    start, end, report = lines(VERSION, COLD, "", None)
    assert (start, end) == ("START RequestId: id Version: 3", "END RequestId: id")
    assert "Duration: 10.10 ms\tBilled Duration: 211 ms" in report
    assert report.endswith("Max Memory Used: 40 MB\tInit Duration: 200.00 ms")


def test_a_warm_start_has_no_init() -> None:
    assert "Init Duration" not in lines(VERSION, replace(COLD, init_seconds=None), "", None)[-1]


def test_output_and_last_words_stand_between_start_and_end() -> None:
    assert lines(VERSION, COLD, "one\n\ntwo\n", "Task timed out")[1:4] == ["one", "two", "Task timed out"]


def test_json_has_platform_records_around_the_output() -> None:
    start, own, report = lines(replace(VERSION, log_format="JSON"), COLD, '{"message": "own"}\n', None)
    assert (json.loads(start)["type"], json.loads(own)["message"]) == ("platform.start", "own")
    assert json.loads(report)["record"]["metrics"]["initDurationMs"] == 200.0


def test_any_change_makes_another_version_to_run() -> None:
    assert replace(VERSION, code=b"other") == VERSION
    assert replace(VERSION, code_sha256="other") != VERSION
    assert replace(VERSION, environment=(("A", "1"),)) != VERSION
