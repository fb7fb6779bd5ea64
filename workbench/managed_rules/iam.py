"""AWS IAM: customer managed policies.

Owns the rules that judge what a policy permits. They judge customer managed policies only: the inline policies that
SAM writes into roles have no result.
"""

from __future__ import annotations

from collections.abc import Callable

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, ManagedRule, Parameters, managed_rule
from workbench.managed_rules.parameters import flag_of, list_of
from workbench.managed_rules.policies import allows, covers_any, statements
from workbench.managed_rules.properties import (
    Property,
    all_of,
    beside,
    compliant,
    first,
    non_compliant,
    not_applicable,
    read,
)
from workbench.resources import Resource

MANAGED_POLICY = "AWS::IAM::ManagedPolicy"
PRINCIPALS = ("AWS::IAM::Role", "AWS::IAM::User")
EXCLUDE_BOUNDARIES = "excludePermissionBoundaryPolicy"


def iam_policy_no_statements_with_admin_access(policy: Resource, parameters: Parameters) -> Finding:
    """No statement permits everything.

    NON_COMPLIANT when a statement allows all actions on all resources. With excludePermissionBoundaryPolicy `true`, a
    policy that serves as a permissions boundary is NOT_APPLICABLE.

    Source: AWS Config Developer Guide, iam-policy-no-statements-with-admin-access.
    """
    return _without(policy, parameters, permits_everything, "allows all actions on all resources")


def iam_policy_no_statements_with_full_access(policy: Resource, parameters: Parameters) -> Finding:
    """No statement permits all actions of a service.

    NON_COMPLIANT when a statement allows `service:*` or `*` on any resource; `service:Describe*` is no full access.
    With excludePermissionBoundaryPolicy `true`, a policy that serves as a permissions boundary is NOT_APPLICABLE.

    Source: AWS Config Developer Guide, iam-policy-no-statements-with-full-access.
    """
    return _without(policy, parameters, _permits_a_service, "allows all actions of a service")


def iam_customer_policy_blocked_kms_actions(policy: Resource, parameters: Parameters) -> Finding:
    """The policy permits no blocked action on all KMS keys.

    NON_COMPLIANT when a statement allows an action of blockedActionsPatterns on every key, whatever its conditions.
    With excludePermissionBoundaryPolicy `true`, a policy that serves as a permissions boundary is NOT_APPLICABLE.

    Source: AWS Config Developer Guide, iam-customer-policy-blocked-kms-actions; Security Hub KMS.1.
    """
    patterns = list_of(parameters, "blockedActionsPatterns")
    return _without(
        policy,
        parameters,
        lambda statement: permits_on_all_keys(statement, patterns),
        "allows a blocked action on all keys",
    )


def _without(policy: Resource, parameters: Parameters, offends: Callable[[Property], bool], what: str) -> Finding:
    if flag_of(parameters, EXCLUDE_BOUNDARIES) and _is_boundary(policy):
        return not_applicable("The policy is a permissions boundary.")
    document = read(policy, "PolicyDocument")
    statement = first(statements(document), offends)
    if statement:
        return non_compliant(f"A statement {what}.", statement)
    return compliant(f"No statement {what}.", document)


def _is_boundary(policy: Resource) -> bool:
    return any(holder.get("PermissionsBoundary").text() == policy.physical_id for holder in beside(policy, *PRINCIPALS))


def permits_everything(statement: Property) -> bool:
    return all_of(
        lambda: allows(statement),
        lambda: _any(statement.get("Action"), lambda action: action in ("*", "*:*")),
        lambda: _any(statement.get("Resource"), lambda resource: resource == "*"),
    )


def _permits_a_service(statement: Property) -> bool:
    return all_of(
        lambda: allows(statement),
        lambda: _any(statement.get("Action"), lambda action: action == "*" or action.endswith(":*")),
    )


def permits_on_all_keys(statement: Property, patterns: tuple[str, ...]) -> bool:
    return all_of(
        lambda: allows(statement),
        lambda: covers_any(statement, patterns),
        lambda: _any(statement.get("Resource"), _means_all_keys),
    )


def _means_all_keys(resource: str) -> bool:
    return resource == "*" or resource.split(":", 5)[-1] in ("*", "key/*")


def _any(values: Property, test: Callable[[str], bool]) -> bool:
    return first(values.items(), lambda value: test(value.text())) is not None


RULES: tuple[ManagedRule, ...] = (
    *(
        managed_rule(check, MANAGED_POLICY, optional=(EXCLUDE_BOUNDARIES,), verdicts=JUDGED_OR_NOT_APPLICABLE)
        for check in (iam_policy_no_statements_with_admin_access, iam_policy_no_statements_with_full_access)
    ),
    managed_rule(
        iam_customer_policy_blocked_kms_actions,
        MANAGED_POLICY,
        required=("blockedActionsPatterns",),
        optional=(EXCLUDE_BOUNDARIES,),
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
)
