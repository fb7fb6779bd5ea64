"""AWS IAM: customer managed policies.

Owns the rules that judge what a policy permits. Config judges customer managed policies only: the inline policies
that SAM writes into roles have no result.
"""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, managed_rule
from workbench.managed_rules.parameters import flag_of
from workbench.managed_rules.policies import statements
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


def iam_policy_no_statements_with_admin_access(policy: Resource, parameters: Parameters) -> Finding:
    """No statement permits everything.

    NON_COMPLIANT when a statement allows all actions on all resources. With excludePermissionBoundaryPolicy `true`, a
    policy that serves as a permissions boundary is NOT_APPLICABLE.

    Source: AWS Config Developer Guide, iam-policy-no-statements-with-admin-access.
    """
    if flag_of(parameters, "excludePermissionBoundaryPolicy") and _is_boundary(policy):
        return not_applicable("The policy is a permissions boundary.")
    admin = first(statements(read(policy, "PolicyDocument")), _permits_everything)
    if admin:
        return non_compliant("A statement allows all actions on all resources.", admin)
    return compliant("No statement allows all actions on all resources.", read(policy, "PolicyDocument"))


def _is_boundary(policy: Resource) -> bool:
    return any(holder.get("PermissionsBoundary").text() == policy.physical_id for holder in beside(policy, *PRINCIPALS))


def _permits_everything(statement: Property) -> bool:
    return all_of(
        lambda: statement.get("Effect").text() == "Allow",
        lambda: _holds_any(statement.get("Action"), ("*", "*:*")),
        lambda: _holds_any(statement.get("Resource"), ("*",)),
    )


def _holds_any(values: Property, wanted: tuple[str, ...]) -> bool:
    return first(values.items(), lambda value: value.text() in wanted) is not None


RULES = (
    managed_rule(
        iam_policy_no_statements_with_admin_access,
        MANAGED_POLICY,
        optional=("excludePermissionBoundaryPolicy",),
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
)
