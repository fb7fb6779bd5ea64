"""The story told once, for whoever asks: read, score, decide, record, publish.

Owns `Judge`. Time, sleep and AWS come in as arguments. Records and metrics are best effort: what fails there is said
in the log and never changes an answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fitness.aws import Aws
from fitness.aws_answers import Stack
from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.gate import GateEnforcement
from fitness.metrics import data_points
from fitness.reader import Reader
from fitness.records import Records
from fitness.scorecard import Scorecard, make, to_json
from fitness.verdict import may_go_on
from fitness.waiting import Patience, Report, Sleep


@dataclass(frozen=True)
class Judge:
    """Judges one stack under one catalogue."""

    aws: Aws
    catalogue: Catalogue
    clock: Callable[[], datetime]
    sleep: Sleep
    report: Report

    def judge(self, stack: Stack, baseline: Baseline | None = None, deadline: datetime | None = None) -> Scorecard:
        """The scorecard of the stack as Config sees it.

        Args:
            stack: the stack to read.
            baseline: the accepted state to compare with.
            deadline: wait for Config to judge what changed, but never beyond this moment or the gate's `wait`;
                None judges at once.

        Raises:
            AwsProblem: AWS cannot be read.
        """
        reader = Reader(self.aws, self.catalogue, self.clock)
        snapshot = reader.snapshot(stack)
        if deadline is not None:
            end = min(deadline, self.clock() + timedelta(seconds=self.catalogue.gate.wait))
            snapshot = self._patience(reader, stack, baseline, end).until_evaluated(snapshot)
        return make(self.catalogue, snapshot, baseline)

    def _patience(self, reader: Reader, stack: Stack, baseline: Baseline | None, end: datetime) -> Patience:
        rolled_back = "ROLLBACK_COMPLETE" in stack.status
        return Patience(reader, baseline, end, self.sleep, self.report, rolled_back=rolled_back)

    def may_go_on(self, scorecard: Scorecard) -> bool:
        return may_go_on(scorecard.verdict, self.catalogue.gate)

    def publish(self, scorecard: Scorecard, namespace: str) -> None:
        """Sends the metrics, as far as CloudWatch takes them."""
        self._best_effort("The metrics were not published", lambda: self._put(scorecard, namespace))

    def record(self, scorecard: Scorecard, records: Records, run_id: str, answer: str) -> str | None:
        """Writes the run, as far as S3 takes it; its key."""
        return self._best_effort("The run was not recorded", lambda: records.add_run(scorecard, run_id, answer))

    def log(self, scorecard: Scorecard, answer: str) -> None:
        """One structured line with the verdict's sentence and the key figures."""
        card = to_json(scorecard)
        figures = {key: card[key] for key in ("stack", "fitness", "low", "high", "coverage", "taken_at")}
        verdict = scorecard.verdict
        line = {"outcome": verdict.outcome.value, "sentence": verdict.sentence, "answer": answer, **figures}
        self.report(json.dumps({**line, "catalogue": self.catalogue.digest}))

    def _put(self, scorecard: Scorecard, namespace: str) -> None:
        self.aws.put_metrics(namespace, data_points(scorecard))

    def _best_effort(self, failed: str, action: Callable[[], str | None]) -> str | None:
        try:
            return action()
        except Exception as problem:  # noqa: BLE001 - whatever it is, the answer must go out
            self.report(f"{failed}: {problem}")
            return None


def with_enforcement(catalogue: Catalogue, enforcement: str | None) -> Catalogue:
    """The catalogue with the deployment's own `GateEnforcement`, if it gives one."""
    if not enforcement:
        return catalogue
    return replace(catalogue, gate=replace(catalogue.gate, enforcement=GateEnforcement(enforcement)))
