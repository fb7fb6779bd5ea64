"""What becomes of a function's process when nobody waits for its answer any more."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from workbench.local_aws.functions.runner import Event, Runner
from workbench.local_aws.functions.version import FunctionVersion

EVENT = Event(b"{}", "arn:aws:lambda:eu-west-1:1:function:f", "request-1")
CODE = """
import os, pathlib, time
def handler(event, context):
    pathlib.Path(os.environ["TOLD"]).write_text(str(os.getpid()))
    print("told")
    time.sleep(60)
"""


def archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("app.py", CODE)
    return content.getvalue()


def stop(*_: object) -> None:
    raise SystemExit


def test_a_thread_that_is_told_to_go_leaves_no_process(tmp_path: Path) -> None:
    told = tmp_path / "process"
    version = FunctionVersion(
        EVENT.invoked_arn, "f", "1", "python3.13", "app.handler", 30, 128, "x", archive(), (("TOLD", str(told)),)
    )
    runner = Runner("http://127.0.0.1:1", stop)
    with pytest.raises(SystemExit):
        runner.run(version, EVENT)
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)
    runner.close()
