"""What functions write reaches CloudWatch Logs."""

from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.local_services.functions import create, invoke, messages
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

SEE = """
    def handler(event, context):
        print("seen", event)
    """


def test_the_log_has_start_output_end_and_report(aws: LocalAws) -> None:
    create(aws, "logged", SEE)
    invoke(aws, "logged", {"id": 1})
    start, output, end, report = messages(aws, "/aws/lambda/logged")
    assert (start[:16], output, end[:14]) == ("START RequestId:", "seen {'id': 1}\n", "END RequestId:")
    assert "Memory Size: 128 MB" in report
    assert "Init Duration:" in report
    assert report.endswith("\n")


def test_a_log_record_is_one_event_with_lambdas_prefix(aws: LocalAws) -> None:
    code = "import logging\ndef handler(e, c): logging.warning('one\\ntwo')"
    create(aws, "records", code)
    invoke(aws, "records")
    assert messages(aws, "/aws/lambda/records")[1].startswith("[WARNING]\t")
    assert messages(aws, "/aws/lambda/records")[1].endswith("\tone\rtwo\n")


def test_json_logging_writes_json_to_the_configured_group(aws: LocalAws) -> None:
    code = "import logging\ndef handler(e, c): logging.getLogger('orders').warning('careful')"
    aws.client("logs").create_log_group(logGroupName="orders")
    create(aws, "json", code, LoggingConfig={"LogFormat": "JSON", "LogGroup": "orders"})
    invoke(aws, "json")
    start, record, report = (json.loads(line) for line in messages(aws, "orders"))
    assert (start["type"], report["type"]) == ("platform.start", "platform.report")
    assert (record["level"], record["message"], record["logger"]) == ("WARNING", "careful", "orders")


def test_the_tail_of_the_log_comes_with_the_answer(aws: LocalAws) -> None:
    create(aws, "tailed", SEE)
    answer = aws.client("lambda").invoke(FunctionName="tailed", LogType="Tail")
    assert b"seen {}" in base64.b64decode(answer["LogResult"])


def test_two_that_begin_at_once_both_write_their_log(aws: LocalAws) -> None:
    code = """
        import time

        def handler(event, context):
            print("seen", event)
            time.sleep(0.2)
        """
    create(aws, "at-once", code, Timeout=20)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: invoke(aws, "at-once", number), range(1, 5)))
    seen = [line for line in messages(aws, "/aws/lambda/at-once") if line.startswith("seen")]
    assert sorted(line.strip() for line in seen) == ["seen 1", "seen 2", "seen 3", "seen 4"]
