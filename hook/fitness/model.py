"""The words of the product as values: statuses, causes, resources, rows, pairs.

Owns nothing that computes. Everything here is immutable and knows neither AWS nor files nor the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """What is known of one rule on one resource."""

    COMPLIANT = "COMPLIANT"
    NON_COMPLIANT = "NON_COMPLIANT"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


class Cause(StrEnum):
    """Why a pair is `INSUFFICIENT_DATA`."""

    STALE = "stale"
    RULE_MISSING = "rule_missing"
    NOT_EVALUATED = "not_evaluated"
    RULE_FAILING = "rule_failing"
    DENIED = "denied"
    ERROR = "error"
    NOT_RECORDED = "not_recorded"
    NO_ROW = "no_row"
    UNRESOLVED = "unresolved"  # of a preview: not known before deployment


class Enforcement(StrEnum):
    """What a violation of a rule may do to a deployment."""

    BLOCKING = "blocking"
    SCORED = "scored"
    REPORT = "report"
    OFF = "off"


class Outcome(StrEnum):
    """The verdict in one word."""

    PASS = "PASS"  # noqa: S105 - a verdict, not a password
    WARN = "WARN"
    FAIL = "FAIL"
    INCONCLUSIVE = "INCONCLUSIVE"


STACK_TYPE = "AWS::CloudFormation::Stack"
CONFIG_RULE_TYPE = "AWS::Config::ConfigRule"


@dataclass(frozen=True)
class Resource:
    """A resource of the stack, named by its logical path (`Storage/OrdersTable`)."""

    path: str
    type: str
    physical_id: str
    updated_at: datetime | None


@dataclass(frozen=True)
class ConfigRule:
    """A Config rule of the account, and what `DescribeConfigRuleEvaluationStatus` says of it.

    `path` is its logical path when the stack owns it, else None.
    """

    name: str
    path: str | None
    last_successful_evaluation_at: datetime | None = None
    last_error_code: str | None = None
    last_error_message: str | None = None
    first_evaluation_started: bool = False


@dataclass(frozen=True)
class Evaluation:
    """One row of `GetComplianceDetailsByResource`."""

    resource: str
    config_rule: str
    compliance: Status
    mode: str
    ordering_at: datetime | None
    invoked_at: datetime | None
    recorded_at: datetime | None
    annotation: str | None


@dataclass(frozen=True)
class Failure:
    """A resource whose rows could not be read: `denied` or `error`."""

    resource: str
    cause: Cause
    message: str


@dataclass(frozen=True)
class Pair:
    """One rule on one resource, with what is known of it.

    `detail` is what AWS itself said of the reason for which nothing is known, if it said anything.
    """

    rule: str
    resource: str
    status: Status
    cause: Cause | None = None
    waived: bool = False
    carried: bool = False
    annotation: str | None = None
    recorded_at: datetime | None = None
    detail: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.rule, self.resource

    @property
    def known(self) -> bool:
        return self.status in (Status.COMPLIANT, Status.NON_COMPLIANT)
