"""The recorder: a completed stack becomes the baseline, a schedule keeps the metric continuous.

Owns when a baseline may be written: only after CloudFormation completed the stack, never during an update and never
after a rollback.
"""

from __future__ import annotations

from typing import Any

from fitness.aws import Stack
from fitness.environment import Environment, Event

COMPLETED = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
# CloudFormation only deletes leftovers from here on: what is live is what was deployed.
_LIVE = (*COMPLETED, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
_RECORDED = "Recorded"


def record_state(event: Event, context: Any, env: Environment) -> None:
    """Handles one EventBridge event: `CloudFormation Stack Status Change` or `Scheduled Event`.

    Raises:
        AwsProblem: AWS cannot be read; Lambda tries again.
    """
    if event["detail-type"] == "Scheduled Event":
        _publish(event, env)
    elif _status(event) in COMPLETED and event["detail"]["stack-id"] == env.stack_id:
        _accept(event, context, env)


def _status(event: Event) -> str:
    return str(event["detail"]["status-details"]["status"])


def _publish(event: Event, env: Environment) -> None:
    judge = env.judge()
    scorecard = judge.judge(env.aws.stack(env.stack_id), env.records.baseline())
    judge.record(scorecard, env.records, event["id"], _RECORDED)
    judge.publish(scorecard, env.namespace)
    judge.log(scorecard, _RECORDED)


def _accept(event: Event, context: Any, env: Environment) -> None:
    stack, judge = env.aws.stack(env.stack_id), env.judge()
    scorecard = judge.judge(stack, env.records.baseline(), env.deadline(context))
    run = judge.record(scorecard, env.records, event["id"], _RECORDED)
    if not _still_live(stack, env):
        env.report("The stack changed again: its next completion will be recorded.")
        return
    kept = judge.accept(scorecard, env.records, run)
    env.report(f"Baseline: {kept}")
    judge.publish(scorecard, env.namespace)
    judge.log(scorecard, _RECORDED)


def _still_live(stack: Stack, env: Environment) -> bool:
    now = env.aws.stack(env.stack_id)
    return now.status in _LIVE and now.updated_at == stack.updated_at
