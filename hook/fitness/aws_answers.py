"""From AWS's answers to the values that the product speaks of.

Owns the names of AWS's fields: pure translations, no call and no error handling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fitness.model import ConfigRule, Evaluation, Resource, Status

_GONE = ("CREATE_FAILED", "DELETE_")


@dataclass(frozen=True)
class Stack:
    """A CloudFormation stack; `updated_at` is the start of its last create or update."""

    name: str
    id: str
    status: str
    updated_at: datetime

    @property
    def partition(self) -> str:
        return self.id.split(":")[1]

    @property
    def region(self) -> str:
        return self.id.split(":")[3]

    @property
    def account(self) -> str:
        return self.id.split(":")[4]

    @property
    def rolling_back(self) -> bool:
        return "ROLLBACK_IN_PROGRESS" in self.status


def stack(found: Mapping[str, Any]) -> Stack:
    """An item of `DescribeStacks`."""
    updated_at = found.get("LastUpdatedTime") or found["CreationTime"]
    return Stack(found["StackName"], found["StackId"], found["StackStatus"], updated_at)


def resource(path: str, row: Mapping[str, Any]) -> Resource | None:
    """An item of `ListStackResources` at a logical path; None for what does not exist."""
    physical_id = row.get("PhysicalResourceId")
    if not physical_id or row["ResourceStatus"].startswith(_GONE):
        return None
    return Resource(path, row["ResourceType"], physical_id, row["LastUpdatedTimestamp"])


def evaluation(path: str, row: Mapping[str, Any]) -> Evaluation:
    """A row of `GetComplianceDetailsByResource`, of the resource at a logical path."""
    identifier = row["EvaluationResultIdentifier"]
    qualifier = identifier["EvaluationResultQualifier"]
    return Evaluation(
        resource=path,
        config_rule=qualifier["ConfigRuleName"],
        compliance=Status(row["ComplianceType"]),
        mode=qualifier.get("EvaluationMode", "DETECTIVE"),
        ordering_at=identifier.get("OrderingTimestamp"),
        invoked_at=row.get("ConfigRuleInvokedTime"),
        recorded_at=row.get("ResultRecordedTime"),
        annotation=row.get("Annotation"),
    )


def config_rule(status: Mapping[str, Any], path: str | None) -> ConfigRule:
    """An item of `DescribeConfigRuleEvaluationStatus`; `path` is None for a rule that the stack does not own."""
    succeeded = status.get("LastSuccessfulEvaluationTime")
    failed = status.get("LastFailedEvaluationTime") or status.get("LastFailedInvocationTime")
    # Config keeps the last error after the rule has recovered.
    failing = not succeeded or (failed is not None and failed > succeeded)
    return ConfigRule(
        name=status["ConfigRuleName"],
        path=path,
        last_successful_evaluation_at=succeeded,
        last_error_code=status.get("LastErrorCode") if failing else None,
        last_error_message=status.get("LastErrorMessage") if failing else None,
        first_evaluation_started=status.get("FirstEvaluationStarted", False),
    )
