"""The architecture gate: a custom resource, because an update that changes no function runs no CodeDeploy hook.

Owns CloudFormation's response protocol. On Create it only records: Config has just met the stack, and the first figures
worth publishing are the recorder's. On Delete it does nothing. On Update a refusal fails the custom resource, and
CloudFormation rolls the stack back.
"""

from __future__ import annotations

import traceback
from typing import Any

from fitness.environment import Environment, Event
from fitness.run import RECORDED, decide_update, note, observe

# CloudFormation refuses a response of more than 4 KB, and shows little of a long reason.
_LONGEST_REASON = 1000


def answer_custom_resource(event: Event, context: Any, env: Environment) -> None:
    """Judges, and answers at the event's `ResponseURL` whatever happens."""
    reason, may_go_on = "The update could not be judged.", event["RequestType"] != "Update"
    try:
        reason, may_go_on = _decide(event, context, env)
    except Exception as problem:  # noqa: BLE001 - a crash is an answer too
        env.report(traceback.format_exc())
        reason = f"The architecture could not be judged: {problem}"
    finally:
        env.respond(event["ResponseURL"], response(event, reason, may_go_on=may_go_on))


def _decide(event: Event, context: Any, env: Environment) -> tuple[str, bool]:
    if event["RequestType"] == "Update":
        decision = decide_update(env, event["RequestId"], env.deadline(context))
        return decision.sentence, decision.may_go_on
    if event["RequestType"] == "Create":
        note(env, observe(env), event["RequestId"], RECORDED)
    return "Only an update is judged.", True


def response(event: Event, reason: str, *, may_go_on: bool) -> dict[str, Any]:
    """The body of CloudFormation's response; the physical id stays what it was."""
    return {
        "Status": "SUCCESS" if may_go_on else "FAILED",
        "Reason": reason[:_LONGEST_REASON],
        "PhysicalResourceId": event.get("PhysicalResourceId") or f"architecture-gate-{event['LogicalResourceId']}",
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "Data": {},
    }
