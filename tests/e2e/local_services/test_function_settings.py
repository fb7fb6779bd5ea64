"""What Lambda tells of a function, what it demands of its settings, and the limits that it keeps."""

from __future__ import annotations

import io
import urllib.error
import urllib.request
import zipfile
from datetime import datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.functions import create, invoke
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

TELL = "def handler(event, context): return 'old'"


def test_the_code_of_a_function_can_be_downloaded(aws: LocalAws) -> None:
    create(aws, "downloaded", TELL)
    location = aws.client("lambda").get_function(FunctionName="downloaded")["Code"]["Location"]
    with urllib.request.urlopen(location) as response:  # noqa: S310
        assert zipfile.ZipFile(io.BytesIO(response.read())).namelist() == ["app.py"]


@pytest.mark.parametrize("address", ["eu-west-1/nobody/$LATEST.zip", "odd"])
def test_code_that_is_not_there_is_not_found(aws: LocalAws, address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{aws.url}/_aws/lambda/code/{address}")  # noqa: S310


def test_times_are_told_as_lambda_tells_them(aws: LocalAws) -> None:
    create(aws, "dated", TELL)
    modified = aws.client("lambda").get_function_configuration(FunctionName="dated")["LastModified"]
    assert datetime.strptime(modified, "%Y-%m-%dT%H:%M:%S.%f%z").utcoffset() is not None
    assert modified.endswith("+0000")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"Timeout": 901}, "Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than"),
        ({"MemorySize": 10241}, "Value '10241' at 'memorySize' failed to satisfy constraint"),
        ({"Runtime": "cobol1"}, "Value cobol1 at 'runtime' failed to satisfy constraint: Member must satisfy enum"),
    ],
)
def test_a_setting_out_of_range_is_refused(aws: LocalAws, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ClientError, match=message):
        create(aws, "refused", TELL, **settings)


def test_a_changed_setting_is_checked_too(aws: LocalAws) -> None:
    create(aws, "changed", TELL)
    with pytest.raises(ClientError, match="Value '1000' at 'timeout'"):
        aws.client("lambda").update_function_configuration(FunctionName="changed", Timeout=1000)


def test_memory_that_is_taken_for_a_moment_counts(aws: LocalAws) -> None:
    create(aws, "greedy", "def handler(event, context): return len(bytearray(200 << 20))", MemorySize=128)
    assert invoke(aws, "greedy")["errorMessage"].endswith("Runtime exited with error: signal: killed")


def test_an_answer_that_is_too_large_is_a_failure(aws: LocalAws) -> None:
    create(aws, "wordy", "def handler(event, context): return 'x' * 7_000_000", MemorySize=512)
    answer = aws.client("lambda").invoke(FunctionName="wordy")
    assert answer["FunctionError"] == "Unhandled"
    assert b"Function.ResponseSizeTooLarge" in answer["Payload"].read()
