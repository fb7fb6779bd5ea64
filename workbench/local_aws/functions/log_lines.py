"""The log of one invocation as Lambda writes it: START, what the function printed, END, REPORT; text or JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from workbench.local_aws.functions.version import FunctionVersion


@dataclass(frozen=True)
class Report:
    """The figures of the REPORT line; `init_seconds` is None when the process was warm."""

    request_id: str
    seconds: float
    init_seconds: float | None
    max_memory_mb: int


def lines(version: FunctionVersion, report: Report, printed: str, last_words: str | None) -> list[str]:
    own = [line for line in printed.split("\n") if line]
    last = [last_words] if last_words else []
    if version.log_format == "JSON":
        start, end = _as_json(version, report)
        return [start, *own, *last, end]
    start, end, figures = _as_text(version, report)
    return [start, *own, *last, end, figures]


def _as_text(version: FunctionVersion, report: Report) -> tuple[str, str, str]:
    start = f"START RequestId: {report.request_id} Version: {version.version}"
    end = f"END RequestId: {report.request_id}"
    figures = [
        f"REPORT RequestId: {report.request_id}",
        f"Duration: {report.seconds * 1000:.2f} ms",
        f"Billed Duration: {_billed(report)} ms",
        f"Memory Size: {version.memory_size} MB",
        f"Max Memory Used: {report.max_memory_mb} MB",
    ]
    if report.init_seconds is not None:
        figures.append(f"Init Duration: {report.init_seconds * 1000:.2f} ms")
    return start, end, "\t".join(figures)


def _as_json(version: FunctionVersion, report: Report) -> tuple[str, str]:
    identity = {"requestId": report.request_id, "version": version.version}
    metrics = {
        "durationMs": round(report.seconds * 1000, 3),
        "billedDurationMs": _billed(report),
        "memorySizeMB": version.memory_size,
        "maxMemoryUsedMB": report.max_memory_mb,
    }
    if report.init_seconds is not None:
        metrics["initDurationMs"] = round(report.init_seconds * 1000, 3)
    end = {"requestId": report.request_id, "status": "success", "metrics": metrics}
    return _platform("platform.start", identity), _platform("platform.report", end)


def _platform(kind: str, record: Mapping[str, object]) -> str:
    return json.dumps({"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "type": kind, "record": record})


def _billed(report: Report) -> int:
    return math.ceil((report.seconds + (report.init_seconds or 0)) * 1000)
