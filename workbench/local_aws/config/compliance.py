"""Reading results: details by resource and by rule, and the roll-ups, in the shapes and with the limits of AWS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from workbench.local_aws.config import paging
from workbench.local_aws.config.items import Key
from workbench.local_aws.config.store import Row, Store, Stores
from workbench.local_aws.service import AwsError, Operation, RequestContext

_FILTERS = ("COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE")
_MOST_COUNTED = {"rules": 100, "resources": 25}


class ComplianceReads:
    """The read operations; `page_size` is that of operations which let the caller set none."""

    def __init__(self, stores: Stores, page_size: int) -> None:
        self._stores = stores
        self._page_size = page_size

    def operations(self) -> Mapping[str, Operation]:
        return {
            "GetComplianceDetailsByResource": self._details_by_resource,
            "GetComplianceDetailsByConfigRule": self._details_by_rule,
            "DescribeComplianceByResource": self._by_resource,
            "DescribeComplianceByConfigRule": self._by_rule,
            "GetComplianceSummaryByConfigRule": self._summary_by_rule,
            "GetComplianceSummaryByResourceType": self._summary_by_type,
        }

    def _details_by_resource(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        if parameters.get("ResourceEvaluationId"):
            message = "The local AWS evaluates resources in detective mode only; give ResourceType and ResourceId."
            raise AwsError("InvalidParameterValueException", message)
        if not (parameters.get("ResourceType") and parameters.get("ResourceId")):
            message = "Provide both ResourceType and ResourceId, or a ResourceEvaluationId."
            raise AwsError("InvalidParameterValueException", message)
        rows = self._stores(context).rows_of(key=(parameters["ResourceType"], parameters["ResourceId"]))
        results = [result(row) for row in _of_types(rows, parameters)]
        return paging.answer("EvaluationResults", results, parameters.get("NextToken"), self._page_size)

    def _details_by_rule(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store = self._stores(context)
        require_rules(store, [parameters["ConfigRuleName"]])
        results = [result(row) for row in _of_types(store.rows_of(rule=parameters["ConfigRuleName"]), parameters)]
        size = paging.limit(parameters.get("Limit"), 10, 100)
        return paging.answer("EvaluationResults", results, parameters.get("NextToken"), size)

    def _by_resource(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store = self._stores(context)
        wanted = parameters.get("ResourceType"), parameters.get("ResourceId")
        if wanted[1] and not wanted[0]:
            raise AwsError("InvalidParameterValueException", "A ResourceType is required with a ResourceId.")
        keys = sorted({*store.recorded, *(row.key for row in store.rows_of())})
        found = (key for key in keys if wanted[0] in (None, key[0]) and wanted[1] in (None, key[1]))
        described = [
            {"ResourceType": key[0], "ResourceId": key[1], "Compliance": _compliance(store.rows_of(key=key), "rules")}
            for key in found
        ]
        size = paging.limit(parameters.get("Limit"), 10, 100)
        chosen = _of_compliance(described, parameters)
        return paging.answer("ComplianceByResources", chosen, parameters.get("NextToken"), size)

    def _by_rule(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store = self._stores(context)
        names = parameters.get("ConfigRuleNames") or sorted(store.rules)
        require_rules(store, names)
        described = [
            {"ConfigRuleName": name, "Compliance": _compliance(store.rows_of(rule=name), "resources")} for name in names
        ]
        chosen = _of_compliance(described, parameters)
        return paging.answer("ComplianceByConfigRules", chosen, parameters.get("NextToken"), self._page_size)

    def _summary_by_rule(self, _: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store = self._stores(context)
        return {"ComplianceSummary": _summary(worst(store.rows_of(rule=name)) for name in tuple(store.rules))}

    def _summary_by_type(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        by_key: dict[Key, list[Row]] = {}
        for row in self._stores(context).rows_of():
            by_key.setdefault(row.key, []).append(row)
        types = parameters.get("ResourceTypes") or []
        if not types:
            return {"ComplianceSummariesByResourceType": [{"ComplianceSummary": _summary(map(worst, by_key.values()))}]}
        summaries = [
            {
                "ResourceType": each,
                "ComplianceSummary": _summary(worst(by_key[key]) for key in by_key if key[0] == each),
            }
            for each in types
        ]
        return {"ComplianceSummariesByResourceType": summaries}


def require_rules(store: Store, names: Iterable[str]) -> None:
    """Raises `AwsError` for the first rule that does not exist."""
    for name in names:
        if name not in store.rules:
            message = f"The ConfigRule '{name}' provided in the request is invalid. Please check the configRule name"
            raise AwsError("NoSuchConfigRuleException", message)


def _of_types(rows: Iterable[Row], parameters: Mapping[str, Any]) -> list[Row]:
    wanted = parameters.get("ComplianceTypes") or _FILTERS
    if wrong := [each for each in wanted if each not in _FILTERS]:
        message = f"The ComplianceTypes {wrong} are invalid. Use COMPLIANT, NON_COMPLIANT or NOT_APPLICABLE."
        raise AwsError("InvalidParameterValueException", message)
    return [row for row in rows if row.compliance in wanted]


def result(row: Row) -> dict[str, Any]:
    """An `EvaluationResult`."""
    qualifier = {
        "ConfigRuleName": row.rule,
        "ResourceType": row.key[0],
        "ResourceId": row.key[1],
        "EvaluationMode": "DETECTIVE",
    }
    result = {
        "EvaluationResultIdentifier": {
            "EvaluationResultQualifier": qualifier,
            "OrderingTimestamp": row.ordering_at,
        },
        "ComplianceType": row.compliance,
        "ResultRecordedTime": row.recorded_at,
        "ConfigRuleInvokedTime": row.invoked_at,
    }
    return result | ({"Annotation": row.annotation} if row.annotation else {})


def worst(rows: Iterable[Row]) -> str:
    """The compliance of all that has these results."""
    found = {row.compliance for row in rows}
    return next((each for each in ("NON_COMPLIANT", "COMPLIANT") if each in found), "INSUFFICIENT_DATA")


def _compliance(rows: list[Row], counted: str) -> dict[str, Any]:
    """The roll-up of a rule or a resource; the count is of what makes it non-compliant, or else compliant."""
    compliance = worst(rows)
    if compliance == "INSUFFICIENT_DATA":
        return {"ComplianceType": compliance}
    count, most = sum(row.compliance == compliance for row in rows), _MOST_COUNTED[counted]
    return {
        "ComplianceType": compliance,
        "ComplianceContributorCount": {"CappedCount": min(count, most), "CapExceeded": count > most},
    }


def _of_compliance(described: list[dict[str, Any]], parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    wanted = parameters.get("ComplianceTypes")
    return [each for each in described if not wanted or each["Compliance"]["ComplianceType"] in wanted]


def _summary(compliances: Iterable[str]) -> dict[str, Any]:
    found = list(compliances)

    def counted(kind: str) -> dict[str, Any]:
        count = found.count(kind)
        return {"CappedCount": min(count, 25), "CapExceeded": count > 25}

    return {
        "CompliantResourceCount": counted("COMPLIANT"),
        "NonCompliantResourceCount": counted("NON_COMPLIANT"),
        "ComplianceSummaryTimestamp": datetime.now(UTC),
    }
