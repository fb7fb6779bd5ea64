"""AWS IAM: roles, users and groups, and the policies that they hold.

Owns what is attached to an identity: inline policies of its own or of an `AWS::IAM::Policy`, and managed policies that
it names or that name it.
"""

from __future__ import annotations

import re

from workbench.managed_rules.iam import MANAGED_POLICY, permits_on_all_keys
from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, managed_rule
from workbench.managed_rules.parameters import flag_of, list_of, text_of
from workbench.managed_rules.policies import statements_of
from workbench.managed_rules.properties import (
    Property,
    Unresolved,
    any_of,
    beside,
    compliant,
    first,
    non_compliant,
    not_applicable,
    read,
)
from workbench.resources import Resource

ROLE, USER, GROUP = "AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"
INLINE_POLICIES = ("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy")
EXCEPTIONS = {ROLE: "roles", USER: "users", GROUP: "groups"}


def _inline_policies(identity: Resource) -> tuple[Property, ...]:
    return (*beside(identity, *INLINE_POLICIES), *read(identity, "Policies").items())


def iam_no_inline_policy_check(identity: Resource, parameters: Parameters) -> Finding:
    """The identity has no inline policy.

    NON_COMPLIANT when a role, user or group holds an inline policy, as the roles that SAM makes usually do.

    Source: AWS Config Developer Guide, iam-no-inline-policy-check.
    """
    policies = _inline_policies(identity)
    if policies:
        return non_compliant(f"There is an inline policy ({len(policies)} in all).", policies[0])
    return compliant("There is no inline policy.", read(identity, "Policies"))


def iam_inline_policy_blocked_kms_actions(identity: Resource, parameters: Parameters) -> Finding:
    """No inline policy permits a blocked action on all KMS keys.

    NON_COMPLIANT when a statement allows an action of blockedActionsPatterns on every key. With
    excludeRoleByManagementAccount `true` the answer about such a role depends on who may assume it, which is not known
    offline.

    Source: AWS Config Developer Guide, iam-inline-policy-blocked-kms-actions; Security Hub KMS.2.
    """
    patterns = list_of(parameters, "blockedActionsPatterns")
    found = statements_of(_inline_policies(identity))
    blocked = first(found, lambda statement: permits_on_all_keys(statement, patterns))
    if blocked is None:
        return compliant("No inline policy allows a blocked action on all keys.", read(identity, "Policies"))
    if flag_of(parameters, "excludeRoleByManagementAccount") and identity.type == ROLE:
        raise Unresolved("Whether only the management account may assume the role is not known", blocked)
    return non_compliant("An inline policy allows a blocked action on all keys.", blocked)


def iam_policy_blacklisted_check(identity: Resource, parameters: Parameters) -> Finding:
    """None of the listed policies is attached.

    NON_COMPLIANT when a policy of policyArns is attached to the role, user or group. Those in exceptionList
    (`roles:[a;b],users:[c]`) are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, iam-policy-blacklisted-check.
    """
    excepted = re.search(rf"{EXCEPTIONS[identity.type]}:\[([^\]]*)\]", text_of(parameters, "exceptionList"))
    if excepted and identity.physical_id in [name.strip() for name in excepted[1].split(";")]:
        return not_applicable(f"{identity.physical_id} is in exceptionList.")
    listed = first(list_of(parameters, "policyArns"), lambda arn: _has_attached(identity, arn))
    attached = read(identity, "ManagedPolicyArns")
    if listed:
        return non_compliant(f"The policy {listed} is attached.", attached)
    return compliant("None of the listed policies is attached.", attached)


def iam_role_managed_policy_check(role: Resource, parameters: Parameters) -> Finding:
    """All expected managed policies are attached to the role.

    NON_COMPLIANT when a policy of managedPolicyArns is not attached.

    Source: AWS Config Developer Guide, iam-role-managed-policy-check.
    """
    missing = first(list_of(parameters, "managedPolicyArns"), lambda arn: not _has_attached(role, arn))
    attached = read(role, "ManagedPolicyArns")
    if missing:
        return non_compliant(f"The policy {missing} is not attached.", attached)
    return compliant("All expected policies are attached.", attached)


def _has_attached(identity: Resource, arn: str) -> bool:
    named = read(identity, "ManagedPolicyArns").items()
    naming = [other.physical_id for other in identity.related if other.type == MANAGED_POLICY]
    return any_of(lambda: arn in naming, lambda: first(named, lambda policy: policy.text() == arn) is not None)


def iam_user_no_policies_check(user: Resource, parameters: Parameters) -> Finding:
    """The user has permissions through groups and roles only.

    NON_COMPLIANT when an inline or managed policy is attached to the user itself.

    Source: AWS Config Developer Guide, iam-user-no-policies-check.
    """
    policies = (*_inline_policies(user), *beside(user, MANAGED_POLICY), *read(user, "ManagedPolicyArns").items())
    if policies:
        return non_compliant("A policy is attached to the user.", policies[0])
    return compliant("No policy is attached to the user.", read(user))


RULES = (
    managed_rule(iam_no_inline_policy_check, ROLE, USER, GROUP),
    managed_rule(
        iam_inline_policy_blocked_kms_actions,
        ROLE,
        USER,
        GROUP,
        required=("blockedActionsPatterns",),
        optional=("excludeRoleByManagementAccount",),
    ),
    managed_rule(
        iam_policy_blacklisted_check,
        ROLE,
        USER,
        GROUP,
        required=("policyArns",),
        defaults={"policyArns": "arn:aws:iam::aws:policy/AdministratorAccess"},
        optional=("exceptionList",),
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
    managed_rule(iam_role_managed_policy_check, ROLE, required=("managedPolicyArns",)),
    managed_rule(iam_user_no_policies_check, USER),
)
