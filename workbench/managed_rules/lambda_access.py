"""AWS Lambda functions: who may invoke them.

Owns how the permissions of a function, its aliases and versions make up its resource policy.
"""

from __future__ import annotations

from workbench.managed_rules.lambda_ import FUNCTION
from workbench.managed_rules.model import Finding, Parameters, managed_rule
from workbench.managed_rules.policies import is_fixed
from workbench.managed_rules.properties import Property, all_of, any_of, beside, compliant, first, non_compliant, read
from workbench.resources import Resource

PERMISSION = "AWS::Lambda::Permission"
QUALIFIERS = ("AWS::Lambda::Alias", "AWS::Lambda::Version")
LIMITS = ("SourceAccount", "SourceArn", "PrincipalOrgID")
LIMITS_OF_S3 = ("SourceAccount", "PrincipalOrgID")


def lambda_function_public_access_prohibited(function: Resource, parameters: Parameters) -> Finding:
    """Nobody outside can invoke the function.

    NON_COMPLIANT when a permission admits everyone without a fixed source account, source ARN or organization, and
    when it admits S3 without a fixed source account: a bucket's name may come to belong to somebody else. Permissions
    on aliases and versions count as the function's. A function without permissions is COMPLIANT.

    Source: AWS Config Developer Guide, lambda-function-public-access-prohibited.
    """
    permission = first(_permissions(function), _opens)
    if permission is None:
        return compliant("No permission opens the function to the public.", read(function))
    principal = permission.get("Principal")
    if principal.text() == "s3.amazonaws.com":
        return non_compliant("A permission admits S3 without a fixed SourceAccount.", permission.get("SourceAccount"))
    return non_compliant(f"A permission admits everyone ({principal.text('no principal')}).", principal)


def _permissions(function: Resource) -> tuple[Property, ...]:
    """The function's own, and those of its aliases and versions."""
    qualifiers = [other for other in function.related if other.type in QUALIFIERS]
    return tuple(item for holder in (function, *qualifiers) for item in beside(holder, PERMISSION))


def _opens(permission: Property) -> bool:
    principal = permission.get("Principal")
    return any_of(
        lambda: all_of(lambda: not is_fixed(principal.text()), lambda: not _is_limited(permission, LIMITS)),
        lambda: all_of(
            lambda: principal.text() == "s3.amazonaws.com", lambda: not _is_limited(permission, LIMITS_OF_S3)
        ),
    )


def _is_limited(permission: Property, limits: tuple[str, ...]) -> bool:
    return first(limits, lambda limit: is_fixed(permission.get(limit).text())) is not None


RULES = (managed_rule(lambda_function_public_access_prohibited, FUNCTION),)
