"""Judging an update that is under way, for the CodeDeploy hook and the architecture gate alike.

Owns the order: judge, record, publish, log; the caller answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fitness.environment import Environment
from fitness.scorecard import Scorecard

SUCCEEDED, FAILED = "Succeeded", "Failed"


@dataclass(frozen=True)
class Decision:
    """Whether the update may go on, and why in one sentence."""

    answer: str
    sentence: str

    @property
    def may_go_on(self) -> bool:
        return self.answer == SUCCEEDED


def decide_update(env: Environment, run_id: str, deadline: datetime | None) -> Decision:
    """Judges the stack against its baseline; a stack that is rolling back may always go on."""
    stack = env.aws.stack(env.stack_id)
    if stack.rolling_back:
        return Decision(SUCCEEDED, "The stack is rolling back to its last good state.")
    judge = env.judge()
    scorecard = judge.judge(stack, env.records.baseline(), deadline)
    answer = SUCCEEDED if judge.may_go_on(scorecard) else FAILED
    judge.record(scorecard, env.records, run_id, answer)
    judge.publish(scorecard, env.namespace)
    judge.log(scorecard, answer)
    return Decision(answer, _sentence(scorecard))


def _sentence(scorecard: Scorecard) -> str:
    return f"{scorecard.verdict.outcome.value}: {scorecard.verdict.sentence}"
