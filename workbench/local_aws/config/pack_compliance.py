"""Reading the compliance of conformance packs: by rule, by resource, as a whole, and as a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.local_aws.config import paging
from workbench.local_aws.config.compliance import result, worst
from workbench.local_aws.config.packs import require_packs
from workbench.local_aws.config.store import Pack, Row, Store, Stores
from workbench.local_aws.service import AwsError, Operation, RequestContext

_ORDERED = {"ASCENDING": False, "DESCENDING": True}


class PackComplianceReads:
    """The read operations."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def operations(self) -> Mapping[str, Operation]:
        return {
            "DescribeConformancePackCompliance": self._by_rule,
            "GetConformancePackComplianceDetails": self._details,
            "GetConformancePackComplianceSummary": self._summary,
            "ListConformancePackComplianceScores": self._scores,
        }

    def _by_rule(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store, pack, filters = self._asked(parameters, context)
        described = [
            {"ConfigRuleName": name, "ComplianceType": worst(store.rows_of(rule=name)), "Controls": []}
            for name in _rules(store, pack, filters)
        ]
        chosen = [each for each in described if filters.get("ComplianceType") in (None, each["ComplianceType"])]
        size = paging.limit(parameters.get("Limit"), 1000, 1000)
        answer = paging.answer("ConformancePackRuleComplianceList", chosen, parameters.get("NextToken"), size)
        return answer | {"ConformancePackName": pack.name}

    def _details(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store, pack, filters = self._asked(parameters, context)
        if filters.get("ResourceIds") and not filters.get("ResourceType"):
            raise AwsError("InvalidParameterValueException", "A ResourceType is required with ResourceIds.")
        rows = [row for name in _rules(store, pack, filters) for row in store.rows_of(rule=name)]
        results = [result(row) for row in rows if _is_chosen(row, filters)]
        size = paging.limit(parameters.get("Limit"), 10, 100)
        answer = paging.answer("ConformancePackRuleEvaluationResults", results, parameters.get("NextToken"), size)
        return answer | {"ConformancePackName": pack.name}

    def _summary(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store = self._stores(context)
        summaries = [
            {"ConformancePackName": pack.name, "ConformancePackComplianceStatus": worst(_rows(store, pack))}
            for pack in require_packs(store, parameters["ConformancePackNames"])
        ]
        size = paging.limit(parameters.get("Limit"), 20, 20)
        return paging.answer("ConformancePackComplianceSummaryList", summaries, parameters.get("NextToken"), size)

    def _scores(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store = self._stores(context)
        names = (parameters.get("Filters") or {}).get("ConformancePackNames")
        packs = [pack for pack in require_packs(store, None) if not names or pack.name in names]
        rows = {pack.name: _rows(store, pack) for pack in packs}
        if parameters.get("SortBy") == "SCORE":
            backwards = _ORDERED[parameters.get("SortOrder", "DESCENDING")]
            packs.sort(key=lambda pack: share(rows[pack.name]) or -1.0, reverse=backwards)
        scores = [_score(pack, rows[pack.name]) for pack in packs]
        size = paging.limit(parameters.get("Limit"), 20, 20)
        return paging.answer("ConformancePackComplianceScores", scores, parameters.get("NextToken"), size)

    def _asked(self, parameters: Mapping[str, Any], context: RequestContext) -> tuple[Store, Pack, Mapping[str, Any]]:
        store = self._stores(context)
        (pack,) = require_packs(store, [parameters["ConformancePackName"]])
        return store, pack, parameters.get("Filters") or {}


def share(rows: Iterable[Row]) -> float | None:
    """The percentage of results that are compliant; None where there are no results."""
    compliances = [row.compliance for row in rows]
    return 100 * compliances.count("COMPLIANT") / len(compliances) if compliances else None


def _score(pack: Pack, rows: list[Row]) -> dict[str, Any]:
    found = share(rows)
    described: dict[str, Any] = {
        "ConformancePackName": pack.name,
        "Score": "INSUFFICIENT_DATA" if found is None else f"{found:.2f}",
    }
    return described | ({"LastUpdatedTime": max(row.recorded_at for row in rows)} if rows else {})


def _rules(store: Store, pack: Pack, filters: Mapping[str, Any]) -> list[str]:
    own = [name for name in sorted(store.rules) if pack.owns(name)]
    wanted = filters.get("ConfigRuleNames") or own
    for name in wanted:
        if name not in own:
            message = f"The ConfigRule '{name}' provided in the request is not in the conformance pack '{pack.name}'."
            raise AwsError("NoSuchConfigRuleInConformancePackException", message)
    return list(wanted)


def _rows(store: Store, pack: Pack) -> list[Row]:
    return [row for row in store.rows_of() if pack.owns(row.rule)]


def _is_chosen(row: Row, filters: Mapping[str, Any]) -> bool:
    return (
        filters.get("ComplianceType") in (None, row.compliance)
        and filters.get("ResourceType") in (None, row.key[0])
        and (not filters.get("ResourceIds") or row.key[1] in filters["ResourceIds"])
    )
