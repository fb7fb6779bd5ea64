"""A stack as it is now: its snapshot, and the baseline that its own records bucket keeps."""

from __future__ import annotations

from datetime import UTC, datetime

from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.reader import Reader
from fitness.records import Records
from fitness.snapshot import Snapshot

from workbench.account import Account
from workbench.progress import working
from workbench.record import RECORDS_BUCKET, Run, runs

_RUNS = 40


def read(
    account: Account, catalogue: Catalogue, stack: str, *, with_baseline: bool
) -> tuple[Snapshot, Baseline | None]:
    """The stack's snapshot, without waiting for Config; and its baseline, if it is wanted and there is one.

    Raises:
        AwsProblem: AWS cannot be read.
    """
    aws = account.connect()
    with working(f"Reading {stack}"):
        snapshot = Reader(aws, catalogue, lambda: datetime.now(UTC)).snapshot(aws.stack(stack))
        bucket = records_bucket(snapshot) if with_baseline else None
        return snapshot, Records(aws, bucket).baseline() if bucket else None


def history(account: Account, snapshot: Snapshot) -> list[Run]:
    """The stack's last recorded runs, oldest first; none if it keeps no records.

    Raises:
        AwsProblem: AWS cannot be read.
    """
    bucket = records_bucket(snapshot)
    return runs(Records(account.connect(), bucket), _RUNS) if bucket else []


def records_bucket(snapshot: Snapshot) -> str | None:
    """The bucket of the stack that keeps its runs and its baseline."""
    return next((found.physical_id for found in snapshot.resources if found.path == RECORDS_BUCKET), None)
