"""The stack's memory: the records bucket.

Owns its layout: `baseline.json`, the scorecard of the last accepted state, and `runs/<time>-<id>.json`, snapshot and
scorecard of every judgement. A pinned baseline is kept until it is unpinned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from fitness import baseline, scorecard, snapshot
from fitness.aws import Aws, Stored
from fitness.aws_problem import AwsProblem
from fitness.baseline import Baseline
from fitness.scorecard import Scorecard

BASELINE_KEY = "baseline.json"
RUNS_PREFIX = "runs/"
_ATTEMPTS = 5


class Kept(StrEnum):
    """What became of a state that should be the baseline."""

    ACCEPTED = "accepted"
    NEWER = "a newer baseline is there already"
    PINNED = "the baseline is pinned"


@dataclass(frozen=True)
class Records:
    """The records of one stack."""

    aws: Aws
    bucket: str

    def baseline(self) -> Baseline | None:
        """The accepted state, or None before the first.

        Raises:
            InvalidBaseline: somebody wrote something else there.
        """
        stored = self.aws.read(self.bucket, BASELINE_KEY)
        return baseline.from_json(stored.text, f"s3://{self.bucket}/{BASELINE_KEY}") if stored else None

    def add_run(self, judged: Scorecard, run_id: str, answer: str) -> str:
        """Writes what was judged and what was answered; the key of the record."""
        key = run_key(judged.snapshot.taken_at, run_id)
        document = {
            "version": 1,
            "id": run_id,
            "answer": answer,
            "snapshot": snapshot.to_json(judged.snapshot),
            "scorecard": scorecard.to_json(judged),
        }
        self.aws.write(self.bucket, key, document)
        return key

    def accept(self, card: Mapping[str, Any], run: str | None, *, force: bool = False) -> Kept:
        """Makes a scorecard the baseline unless a newer or a pinned one is there; `force` overrules both.

        Raises:
            AwsProblem: other writers were faster every time.
        """
        for _ in range(_ATTEMPTS):
            stored = self.aws.read(self.bucket, BASELINE_KEY)
            kept = Kept.ACCEPTED if force else _may_replace(stored, card)
            if kept is not Kept.ACCEPTED or self.aws.replace(self.bucket, BASELINE_KEY, {**card, "run": run}, stored):
                return kept
        raise AwsProblem(f"s3://{self.bucket}/{BASELINE_KEY} kept changing: try again.", "PreconditionFailed")

    def pin(self, *, pinned: bool) -> None:
        """Keeps the baseline against every later acceptance, or lets it move again.

        Raises:
            AwsProblem: there is no baseline, or other writers were faster every time.
        """
        for _ in range(_ATTEMPTS):
            stored = self.aws.read(self.bucket, BASELINE_KEY)
            if stored is None:
                raise AwsProblem(
                    f"s3://{self.bucket}/{BASELINE_KEY} does not exist: accept a state first.", "NoSuchKey"
                )
            if self.aws.replace(self.bucket, BASELINE_KEY, {**json.loads(stored.text), "pinned": pinned}, stored):
                return
        raise AwsProblem(f"s3://{self.bucket}/{BASELINE_KEY} kept changing: try again.", "PreconditionFailed")

    def runs(self) -> list[str]:
        """Keys of all runs, oldest first."""
        return self.aws.keys(self.bucket, RUNS_PREFIX)


def run_key(moment: datetime, run_id: str) -> str:
    return f"{RUNS_PREFIX}{moment:%Y%m%dT%H%M%SZ}-{re.sub('[^A-Za-z0-9-]', '-', run_id)}.json"


def _may_replace(stored: Stored | None, card: Mapping[str, Any]) -> Kept:
    if stored is None:
        return Kept.ACCEPTED
    there = json.loads(stored.text)
    if there.get("pinned"):
        return Kept.PINNED
    is_newer = datetime.fromisoformat(there["taken_at"]) >= datetime.fromisoformat(card["taken_at"])
    return Kept.NEWER if is_newer else Kept.ACCEPTED
