"""Config rules and their results as the console shows them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.local_aws.console.tones import Tone, of_compliance

_ORDER = ("NON_COMPLIANT", "COMPLIANT")


@dataclass(frozen=True)
class Rule:
    """A Config rule; `count` is how many resources make it what it is, at most 100 are counted."""

    name: str
    source: str
    description: str
    parameters: str
    frequency: str
    compliance: str
    count: str
    evaluated_at: datetime | None
    error: str

    @property
    def tone(self) -> Tone:
        return of_compliance(self.compliance)


@dataclass(frozen=True)
class Row:
    """An evaluation result: a rule on a resource."""

    rule: str
    type: str
    id: str
    compliance: str
    annotation: str
    recorded_at: datetime

    @property
    def tone(self) -> Tone:
        return of_compliance(self.compliance)


def rules(
    definitions: Iterable[Mapping[str, Any]],
    compliances: Iterable[Mapping[str, Any]],
    statuses: Iterable[Mapping[str, Any]],
) -> tuple[Rule, ...]:
    """`ConfigRules`, `ComplianceByConfigRules` and `ConfigRulesEvaluationStatus` together, the worst first."""
    compliance_of = {each["ConfigRuleName"]: each.get("Compliance") or {} for each in compliances}
    status_of = {each["ConfigRuleName"]: each for each in statuses}
    found = [
        _rule(each, compliance_of.get(each["ConfigRuleName"], {}), status_of.get(each["ConfigRuleName"], {}))
        for each in definitions
    ]
    return tuple(sorted(found, key=lambda rule: (worst_first(rule.compliance), rule.name)))


def rows(results: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """`EvaluationResults`, the worst first."""
    found = [_row(each) for each in results]
    return tuple(sorted(found, key=lambda row: (worst_first(row.compliance), row.rule, row.type, row.id)))


def worst_first(compliance: str) -> int:
    return _ORDER.index(compliance) if compliance in _ORDER else len(_ORDER)


def _rule(definition: Mapping[str, Any], compliance: Mapping[str, Any], status: Mapping[str, Any]) -> Rule:
    counted = compliance.get("ComplianceContributorCount") or {}
    source = definition["Source"]
    return Rule(
        name=definition["ConfigRuleName"],
        source=source.get("SourceIdentifier") or source["Owner"],
        description=definition.get("Description", ""),
        parameters=definition.get("InputParameters", ""),
        frequency=definition.get("MaximumExecutionFrequency", ""),
        compliance=compliance.get("ComplianceType", "INSUFFICIENT_DATA"),
        count=f"{counted['CappedCount']}{'+' if counted.get('CapExceeded') else ''}" if counted else "",
        evaluated_at=status.get("LastSuccessfulEvaluationTime"),
        error=status.get("LastErrorMessage", ""),
    )


def _row(result: Mapping[str, Any]) -> Row:
    qualifier = result["EvaluationResultIdentifier"]["EvaluationResultQualifier"]
    return Row(
        rule=qualifier["ConfigRuleName"],
        type=qualifier["ResourceType"],
        id=qualifier["ResourceId"],
        compliance=result["ComplianceType"],
        annotation=result.get("Annotation", ""),
        recorded_at=result["ResultRecordedTime"],
    )
