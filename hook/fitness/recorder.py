"""The recorder: a completed stack becomes the baseline, a rollback and a schedule keep the metric continuous.

Owns when a baseline may be written: only after CloudFormation completed the stack, never during an update and never
after a rollback.
"""

from __future__ import annotations

from typing import Any

from fitness.aws_answers import Stack
from fitness.environment import Environment, Event
from fitness.run import RECORDED, observe, tell
from fitness.scorecard import to_json

COMPLETED = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
# After a rollback the last figures published are those of the state that was refused.
SETTLED = (*COMPLETED, "UPDATE_ROLLBACK_COMPLETE")
# CloudFormation only deletes leftovers from here on: what is live is what was deployed.
_LIVE = (*SETTLED, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")


def record_state(event: Event, context: Any, env: Environment) -> None:
    """Handles one EventBridge event: `CloudFormation Stack Status Change` or `Scheduled Event`.

    Raises:
        AwsProblem: AWS cannot be read; Lambda tries again.
    """
    if event["detail-type"] == "Scheduled Event":
        tell(env, observe(env), event["id"], RECORDED)
    elif event["detail"]["stack-id"] == env.stack_id and _status(event) in SETTLED:
        _record_settled(event, context, env)


def _status(event: Event) -> str:
    return str(event["detail"]["status-details"]["status"])


def _record_settled(event: Event, context: Any, env: Environment) -> None:
    stack = env.aws.stack(env.stack_id)
    scorecard = env.judge.judge(stack, env.records.baseline(), env.deadline(context))
    if not _still_live(stack, env):
        # Its figures would stand after those of the newer state, as if they were the latest.
        env.report("The stack changed again: its next completion will be recorded.")
        return
    run = tell(env, scorecard, event["id"], RECORDED)
    if _status(event) in COMPLETED:
        env.report(f"Baseline: {env.records.accept(to_json(scorecard), run)}.")


def _still_live(stack: Stack, env: Environment) -> bool:
    now = env.aws.stack(env.stack_id)
    return now.status in _LIVE and now.updated_at == stack.updated_at
