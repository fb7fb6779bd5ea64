"""What AWS Config does for organizations, to an account that is in none: it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from workbench.local_aws.service import AwsError, Operation, RequestContext

_OPERATIONS = (
    "DeleteOrganizationConfigRule",
    "DeleteOrganizationConformancePack",
    "DescribeOrganizationConfigRuleStatuses",
    "DescribeOrganizationConfigRules",
    "DescribeOrganizationConformancePackStatuses",
    "DescribeOrganizationConformancePacks",
    "GetOrganizationConfigRuleDetailedStatus",
    "GetOrganizationConformancePackDetailedStatus",
    "GetOrganizationCustomRulePolicy",
    "PutOrganizationConfigRule",
    "PutOrganizationConformancePack",
)


def operations() -> Mapping[str, Operation]:
    return dict.fromkeys(_OPERATIONS, _refuse)


def _refuse(_: Mapping[str, Any], __: RequestContext) -> NoReturn:
    message = "This action can only be performed if you are a registered member of an AWS Organization."
    raise AwsError("OrganizationAccessDeniedException", message)
