"""What a managed rule is when it is judged offline, and what it answers.

Owns the values that checks take and return. A check is a small pure function whose docstring says what it holds true
(first line), how it decides, and the page of the AWS documentation that it follows (`Source:`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from inspect import getdoc
from types import MappingProxyType

from workbench.resources import Resource


class Verdict(StrEnum):
    """What one rule says of one resource."""

    COMPLIANT = "COMPLIANT"
    NON_COMPLIANT = "NON_COMPLIANT"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    UNKNOWN = "UNKNOWN"


class Trigger(StrEnum):
    """When AWS Config evaluates the rule."""

    CHANGE = "change"
    PERIODIC = "periodic"
    HYBRID = "hybrid"


@dataclass(frozen=True)
class Finding:
    """One answer of one rule about one resource.

    Attributes:
        message: one sentence that names what was found.
        property_path: the property at fault inside the resource, or inside the related resource `at`. The property
            need not exist: the longest part of the path that does is the place to show.
        at: logical path of the related resource that holds the property; None for the judged resource itself.
    """

    verdict: Verdict
    message: str
    property_path: tuple[str | int, ...] = ()
    at: str | None = None


Parameters = Mapping[str, str]
Check = Callable[[Resource, Parameters], Finding]

NO_DEFAULTS: Mapping[str, str] = MappingProxyType({})
JUDGED = (Verdict.COMPLIANT, Verdict.NON_COMPLIANT)
JUDGED_OR_NOT_APPLICABLE = (*JUDGED, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True)
class Parameter:
    """One of the rule's InputParameters; `default` is what the console fills in, and nothing else does."""

    name: str
    required: bool
    default: str | None = None


@dataclass(frozen=True)
class ManagedRule:
    """A managed Config rule with its offline check.

    Attributes:
        identifier: the rule's `SourceIdentifier`.
        resource_types: the CloudFormation types that it judges. Config names two of them differently: a customer
            managed policy (`AWS::IAM::ManagedPolicy`) is its `AWS::IAM::Policy`, and a global table is its table.
        verdicts: what it can answer when everything it needs is known.
    """

    identifier: str
    resource_types: tuple[str, ...]
    trigger: Trigger
    parameters: tuple[Parameter, ...]
    check: Check
    verdicts: tuple[Verdict, ...] = JUDGED

    @property
    def id(self) -> str:
        return rule_id(self.identifier)

    @property
    def console_parameters(self) -> Parameters:
        """The parameters with which the Config console adds the rule."""
        return {parameter.name: parameter.default for parameter in self.parameters if parameter.default is not None}

    @property
    def title(self) -> str:
        return self._paragraphs[0]

    @property
    def logic(self) -> str:
        return "\n\n".join(self._paragraphs[1:-1])

    @property
    def source(self) -> str:
        return self._paragraphs[-1].removeprefix("Source: ")

    @property
    def _paragraphs(self) -> list[str]:
        return (getdoc(self.check) or "").split("\n\n")


def managed_rule(
    check: Check,
    *resource_types: str,
    trigger: Trigger = Trigger.CHANGE,
    required: tuple[str, ...] = (),
    optional: tuple[str, ...] = (),
    defaults: Mapping[str, str] = NO_DEFAULTS,
    verdicts: tuple[Verdict, ...] = JUDGED,
) -> ManagedRule:
    """Declare the rule that a check implements; the check's name is its identifier in lower case."""
    names = (*required, *optional)
    parameters = tuple(Parameter(name, name in required, defaults.get(name)) for name in names)
    return ManagedRule(check.__name__.upper(), resource_types, trigger, parameters, check, verdicts)


def rule_id(identifier: str) -> str:
    """`S3_BUCKET_LOGGING_ENABLED` -> `s3-bucket-logging-enabled`."""
    return identifier.lower().replace("_", "-")


def identifier_of(rule: str) -> str:
    """`s3-bucket-logging-enabled` -> `S3_BUCKET_LOGGING_ENABLED`."""
    return rule.upper().replace("-", "_")
