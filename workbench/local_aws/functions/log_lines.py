"""The lines that Lambda itself writes around what a function prints: START, END and REPORT, as text or JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from workbench.local_aws.functions.version import FunctionVersion
from workbench.local_aws.timestamps import in_milliseconds


@dataclass(frozen=True)
class Report:
    """The figures of the REPORT line; `init_seconds` is None when the process was warm."""

    request_id: str
    seconds: float
    init_seconds: float | None
    max_memory_mb: int


def start_line(version: FunctionVersion, request_id: str) -> str:
    if version.log_format == "JSON":
        return _platform("platform.start", {"requestId": request_id, "version": version.version})
    return f"START RequestId: {request_id} Version: {version.version}"


def end_lines(version: FunctionVersion, report: Report, last_words: str | None) -> list[str]:
    """`last_words` is what Lambda writes when the function did not answer."""
    last = [last_words] if last_words else []
    if version.log_format == "JSON":
        return [*last, _json_report(version, report)]
    return [*last, f"END RequestId: {report.request_id}", _text_report(version, report)]


def _text_report(version: FunctionVersion, report: Report) -> str:
    figures = [
        f"REPORT RequestId: {report.request_id}",
        f"Duration: {report.seconds * 1000:.2f} ms",
        f"Billed Duration: {_billed(report)} ms",
        f"Memory Size: {version.memory_size} MB",
        f"Max Memory Used: {report.max_memory_mb} MB",
    ]
    if report.init_seconds is not None:
        figures.append(f"Init Duration: {report.init_seconds * 1000:.2f} ms")
    return "\t".join(figures)


def _json_report(version: FunctionVersion, report: Report) -> str:
    metrics = {
        "durationMs": round(report.seconds * 1000, 3),
        "billedDurationMs": _billed(report),
        "memorySizeMB": version.memory_size,
        "maxMemoryUsedMB": report.max_memory_mb,
    }
    if report.init_seconds is not None:
        metrics["initDurationMs"] = round(report.init_seconds * 1000, 3)
    end = {"requestId": report.request_id, "status": "success", "metrics": metrics}
    return _platform("platform.report", end)


def _platform(kind: str, record: Mapping[str, object]) -> str:
    return json.dumps({"time": in_milliseconds(datetime.now(UTC)), "type": kind, "record": record})


def _billed(report: Report) -> int:
    return math.ceil((report.seconds + (report.init_seconds or 0)) * 1000)
