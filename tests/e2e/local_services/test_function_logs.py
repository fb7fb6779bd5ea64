"""What functions write reaches CloudWatch Logs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.local_services.functions import create, invoke, messages
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow


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
