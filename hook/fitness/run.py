"""One run of a Lambda entry point: judge, record, publish, log.

Owns that order, the same whoever asks: the CodeDeploy hook, the architecture gate, the recorder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fitness.environment import Environment
from fitness.scorecard import Scorecard

SUCCEEDED, FAILED, RECORDED = "Succeeded", "Failed", "Recorded"


@dataclass(frozen=True)
class Decision:
    """Whether an update may go on, and why in one sentence."""

    may_go_on: bool
    sentence: str


def decide_update(env: Environment, run_id: str, deadline: datetime) -> Decision:
    """Judges the update under way against the baseline; a stack that is rolling back may always go on."""
    stack = env.aws.stack(env.stack_id)
    if stack.rolling_back:
        return Decision(may_go_on=True, sentence="The stack is rolling back to its last good state.")
    judge = env.judge
    scorecard = judge.judge(stack, env.records.baseline(), deadline)
    may_go_on = judge.may_go_on(scorecard)
    tell(env, scorecard, run_id, SUCCEEDED if may_go_on else FAILED)
    return Decision(may_go_on, f"{scorecard.verdict.outcome.value}: {scorecard.verdict.sentence}")


def observe(env: Environment) -> Scorecard:
    """What is there now, without waiting for Config."""
    return env.judge.judge(env.aws.stack(env.stack_id), env.records.baseline())


def tell(env: Environment, scorecard: Scorecard, run_id: str, answer: str) -> str | None:
    """Records, logs and publishes; the key of the record if it could be written."""
    key = note(env, scorecard, run_id, answer)
    env.judge.publish(scorecard, env.namespace)
    return key


def note(env: Environment, scorecard: Scorecard, run_id: str, answer: str) -> str | None:
    """Records and logs, for a state whose figures are not yet worth publishing."""
    key = env.judge.record(scorecard, env.records, run_id, answer)
    env.judge.log(scorecard, answer)
    return key
