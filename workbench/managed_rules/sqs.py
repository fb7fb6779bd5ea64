"""Amazon SQS queues."""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, managed_rule
from workbench.managed_rules.policies import allows, first_public, statements_of
from workbench.managed_rules.properties import (
    Property,
    all_of,
    beside,
    compliant,
    first,
    judged,
    non_compliant,
    read,
)
from workbench.resources import Resource

QUEUE = "AWS::SQS::Queue"
POLICIES = ("AWS::SQS::QueuePolicy", "AWS::SQS::QueueInlinePolicy")


def sqs_queue_dlq_check(queue: Resource, parameters: Parameters) -> Finding:
    """Messages that cannot be processed go to a dead-letter queue.

    NON_COMPLIANT without a redrive policy. A dead-letter queue is judged as any other.

    Source: AWS Config Developer Guide, sqs-queue-dlq-check.
    """
    redrive = read(queue, "RedrivePolicy")
    return judged(redrive.is_set, f"The queue has {'a' if redrive.is_set else 'no'} dead-letter queue.", redrive)


def sqs_queue_no_public_access(queue: Resource, parameters: Parameters) -> Finding:
    """Nobody outside has access to the queue.

    NON_COMPLIANT when the queue policy admits everyone without a condition on fixed values. A queue without a policy
    admits its owner only.

    Source: AWS Config Developer Guide, sqs-queue-no-public-access.
    """
    statement = first_public(statements_of(beside(queue, *POLICIES)))
    if statement:
        return non_compliant("The queue policy admits everyone.", statement)
    return compliant("The queue is not public.", read(queue))


def sqs_queue_policy_full_access_check(queue: Resource, parameters: Parameters) -> Finding:
    """The queue policy grants nobody all actions.

    NON_COMPLIANT when a statement allows `sqs:*` or `*`.

    Source: AWS Config Developer Guide, sqs-queue-policy-full-access-check.
    """
    full = first(statements_of(beside(queue, *POLICIES)), _allows_all_actions)
    if full:
        return non_compliant("A statement of the queue policy allows all actions.", full)
    return compliant("No statement of the queue policy allows all actions.", read(queue))


def _allows_all_actions(statement: Property) -> bool:
    actions = statement.get("Action").items()
    return all_of(
        lambda: allows(statement),
        lambda: first(actions, lambda action: action.text().lower() in ("*", "sqs:*")) is not None,
    )


RULES = (
    managed_rule(sqs_queue_dlq_check, QUEUE),
    managed_rule(sqs_queue_no_public_access, QUEUE),
    managed_rule(sqs_queue_policy_full_access_check, QUEUE),
)
