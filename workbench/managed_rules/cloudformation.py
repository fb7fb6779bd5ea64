"""AWS CloudFormation stacks.

Owns what can be said of a stack before or beside its deployment. A template says little of its own stack: what is
given when it is deployed is unknown until the local AWS or the account tells.
"""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, Trigger, Verdict, managed_rule
from workbench.managed_rules.parameters import text_of
from workbench.managed_rules.properties import compliant, first, judged, non_compliant, read, unknown
from workbench.resources import Resource

STACK = "AWS::CloudFormation::Stack"
TOPICS = ("snsTopic1", "snsTopic2", "snsTopic3", "snsTopic4", "snsTopic5")


def cloudformation_stack_drift_detection_check(stack: Resource, parameters: Parameters) -> Finding:
    """The stack's resources are as its template left them.

    Cannot be judged offline: Config detects drift in the account, with the role in cloudformationRoleArn.

    Source: AWS Config Developer Guide, cloudformation-stack-drift-detection-check.
    """
    return unknown("Drift is detected in the account: it cannot be judged offline.")


def cloudformation_stack_notification_check(stack: Resource, parameters: Parameters) -> Finding:
    """The stack sends its events to an SNS topic.

    NON_COMPLIANT without notification ARNs, or when none of them is one of snsTopic1 to snsTopic5.

    Source: AWS Config Developer Guide, cloudformation-stack-notification-check.
    """
    topics = read(stack, "NotificationARNs")
    if not topics.is_set:
        return non_compliant("The stack sends no notifications.", topics)
    wanted = [text_of(parameters, name) for name in TOPICS if text_of(parameters, name)]
    if wanted and first(topics.items(), lambda topic: topic.text() in wanted) is None:
        return non_compliant("The stack notifies none of the expected topics.", topics)
    return compliant("The stack sends notifications.", topics)


def cloudformation_termination_protection_check(stack: Resource, parameters: Parameters) -> Finding:
    """The stack is protected from termination.

    NON_COMPLIANT when termination protection is off. It is set on the stack, not in its template.

    Source: AWS Config Developer Guide, cloudformation-termination-protection-check.
    """
    protection = read(stack, "EnableTerminationProtection")
    if protection.known() is None:
        return unknown("Termination protection is set when the stack is deployed, not in its template.", protection)
    return judged(protection.flag(), f"Termination protection is {'on' if protection.flag() else 'off'}.", protection)


def cloudformation_stack_service_role_check(stack: Resource, parameters: Parameters) -> Finding:
    """The stack is deployed with a service role.

    NON_COMPLIANT without a service role. It is set when the stack is deployed, not in its template.

    Source: AWS Config Developer Guide, cloudformation-stack-service-role-check.
    """
    role = read(stack, "RoleARN")
    if role.known() is None and "TemplateURL" in stack.properties:
        return unknown("A nested stack takes the role that its parent is deployed with.", role)
    return judged(role.is_set, f"The stack has {'a' if role.is_set else 'no'} service role.", role)


RULES = (
    managed_rule(
        cloudformation_stack_drift_detection_check,
        STACK,
        trigger=Trigger.HYBRID,
        required=("cloudformationRoleArn",),
        verdicts=(Verdict.UNKNOWN,),
    ),
    managed_rule(cloudformation_stack_notification_check, STACK, optional=TOPICS),
    managed_rule(cloudformation_termination_protection_check, STACK),
    managed_rule(cloudformation_stack_service_role_check, STACK),
)
