"""The CodeDeploy hook: judges before a function's traffic shifts.

Owns the answer to CodeDeploy, which is sent exactly once, whatever happens: without one CodeDeploy waits for an hour.
"""

from __future__ import annotations

import traceback
from typing import Any

from fitness.environment import Environment, Event
from fitness.run import FAILED, SUCCEEDED, decide_update


def answer_deployment(event: Event, context: Any, env: Environment) -> None:
    """Judges, and tells CodeDeploy `Succeeded` or `Failed`; a crash is `Failed` with its reason in the log."""
    answer = FAILED
    try:
        decision = decide_update(env, event["DeploymentId"], env.deadline(context))
        answer = SUCCEEDED if decision.may_go_on else FAILED
    except Exception:  # noqa: BLE001 - a crash is an answer too
        env.report(traceback.format_exc())
    finally:
        env.aws.answer_hook(event["DeploymentId"], event["LifecycleEventHookExecutionId"], answer)
