"""Amazon Cognito: user pools and identity pools."""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, managed_rule
from workbench.managed_rules.parameters import flag_of, number_of, text_of
from workbench.managed_rules.properties import (
    Property,
    compliant,
    first,
    judged,
    matched,
    non_compliant,
    not_applicable,
    read,
)
from workbench.resources import Resource

USER_POOL = "AWS::Cognito::UserPool"
IDENTITY_POOL = "AWS::Cognito::IdentityPool"
CHARACTERS = (
    ("requireUppercase", "RequireUppercase"),
    ("requireLowercase", "RequireLowercase"),
    ("requireNumbers", "RequireNumbers"),
    ("requireSymbols", "RequireSymbols"),
)
DEFAULT_LENGTH, DEFAULT_VALIDITY = 8, 7


def cognito_identity_pool_unauthenticated_logins(pool: Resource, parameters: Parameters) -> Finding:
    """The identity pool admits authenticated identities only.

    NON_COMPLIANT when AllowUnauthenticatedIdentities is true.

    Source: AWS Config Developer Guide, cognito-identity-pool-unauthenticated-logins.
    """
    return _no_guests(pool)


def cognito_identity_pool_unauth_access_check(pool: Resource, parameters: Parameters) -> Finding:
    """The identity pool gives guests no access.

    NON_COMPLIANT when AllowUnauthenticatedIdentities is true.

    Source: AWS Config Developer Guide, cognito-identity-pool-unauth-access-check; Security Hub Cognito.2.
    """
    return _no_guests(pool)


def _no_guests(pool: Resource) -> Finding:
    guests = read(pool, "AllowUnauthenticatedIdentities")
    state = "admits" if guests.flag() else "does not admit"
    return judged(not guests.flag(), f"The identity pool {state} unauthenticated identities.", guests)


def cognito_user_pool_advanced_security_enabled(pool: Resource, parameters: Parameters) -> Finding:
    """Threat protection of standard authentication is on.

    NON_COMPLIANT when advanced security is off, as when nothing is set, or another mode than SecurityMode.

    Source: AWS Config Developer Guide, cognito-user-pool-advanced-security-enabled.
    """
    mode, wanted = read(pool, "UserPoolAddOns", "AdvancedSecurityMode"), text_of(parameters, "SecurityMode")
    found = mode.text("OFF")
    if wanted:
        return matched("The advanced security mode", mode, found, (wanted,))
    return judged(found != "OFF", f"The advanced security mode is {found}.", mode)


def cognito_userpool_cust_auth_threat_full_check(pool: Resource, parameters: Parameters) -> Finding:
    """Threat protection of custom authentication is enforced.

    NON_COMPLIANT unless the mode of custom authentication is ENFORCED.

    Source: AWS Config Developer Guide, cognito-userpool-cust-auth-threat-full-check.
    """
    mode = read(pool, "UserPoolAddOns", "AdvancedSecurityAdditionalFlows", "CustomAuthMode")
    return judged(mode.text() == "ENFORCED", f"The mode of custom authentication is {mode.text('OFF')}.", mode)


def cognito_user_pool_deletion_protection_enabled(pool: Resource, parameters: Parameters) -> Finding:
    """The user pool is protected from deletion.

    NON_COMPLIANT unless deletion protection is ACTIVE.

    Source: AWS Config Developer Guide, cognito-user-pool-deletion-protection-enabled.
    """
    protection = read(pool, "DeletionProtection")
    found = protection.text("INACTIVE")
    return judged(found == "ACTIVE", f"Deletion protection is {found}.", protection)


def cognito_user_pool_mfa_enabled(pool: Resource, parameters: Parameters) -> Finding:
    """Users sign in with more than a password.

    NON_COMPLIANT when a pool whose users sign in by password only does not require MFA. Pools with other first factors
    are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, cognito-user-pool-mfa-enabled; Security Hub Cognito.5.
    """
    factors = read(pool, "Policies", "SignInPolicy", "AllowedFirstAuthFactors")
    other = first(factors.items(), lambda factor: factor.text() != "PASSWORD")
    if other:
        return not_applicable(f"Users may sign in by {other.text()}.", other)
    mfa = read(pool, "MfaConfiguration")
    return judged(mfa.text() == "ON", f"MFA is {mfa.text('OFF')}.", mfa)


def cognito_user_pool_password_policy_check(pool: Resource, parameters: Parameters) -> Finding:
    """Passwords are as strong as required.

    NON_COMPLIANT when the password policy asks for less than the given parameters: fewer characters than minLength, no
    upper case, lower case, numbers or symbols where the parameter is `true`, or temporary passwords that live longer
    than temporaryPasswordValidity days. Without a policy Cognito asks for 8 characters of all kinds, and 7 days.

    Source: AWS Config Developer Guide, cognito-user-pool-password-policy-check; Security Hub Cognito.3.
    """
    policy = read(pool, "Policies", "PasswordPolicy")
    for parameter, name in CHARACTERS:
        if flag_of(parameters, parameter) and policy.is_set and not policy.get(name).flag():
            return non_compliant(f"The password policy has {name} off.", policy.get(name))
    return _length_problem(policy, parameters) or compliant("The password policy is as strong as required.", policy)


def _length_problem(policy: Property, parameters: Parameters) -> Finding | None:
    length, validity = policy.get("MinimumLength"), policy.get("TemporaryPasswordValidityDays")
    least, longest = number_of(parameters, "minLength"), number_of(parameters, "temporaryPasswordValidity")
    if least is not None and (found := length.number() or DEFAULT_LENGTH) < least:
        return non_compliant(f"Passwords may have {found:g} characters, fewer than {least:g}.", length)
    if longest is not None and (days := validity.number() or DEFAULT_VALIDITY) > longest:
        return non_compliant(f"Temporary passwords live {days:g} days, more than {longest:g}.", validity)
    return None


RULES = (
    managed_rule(cognito_identity_pool_unauthenticated_logins, IDENTITY_POOL),
    managed_rule(cognito_identity_pool_unauth_access_check, IDENTITY_POOL),
    managed_rule(cognito_user_pool_advanced_security_enabled, USER_POOL, optional=("SecurityMode",)),
    managed_rule(cognito_userpool_cust_auth_threat_full_check, USER_POOL),
    managed_rule(cognito_user_pool_deletion_protection_enabled, USER_POOL),
    managed_rule(cognito_user_pool_mfa_enabled, USER_POOL, verdicts=JUDGED_OR_NOT_APPLICABLE),
    managed_rule(
        cognito_user_pool_password_policy_check,
        USER_POOL,
        optional=("minLength", "temporaryPasswordValidity", *(parameter for parameter, _ in CHARACTERS)),
        defaults={
            "minLength": str(DEFAULT_LENGTH),
            "temporaryPasswordValidity": str(DEFAULT_VALIDITY),
            **{parameter: "True" for parameter, _ in CHARACTERS},
        },
    ),
)
