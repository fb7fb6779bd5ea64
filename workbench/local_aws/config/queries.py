"""SelectResourceConfig: queries on what is recorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from workbench.local_aws.config import paging
from workbench.local_aws.config.description import notified_item
from workbench.local_aws.config.items import Item
from workbench.local_aws.config.query_language import Field, Query, parse, values
from workbench.local_aws.config.store import Stores
from workbench.local_aws.service import AwsError, Operation, RequestContext

_MOST_RESULTS, _USUAL_RESULTS = 100, 25


class QueryOperations:
    """The operation that queries the recorded resources of a region."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def operations(self) -> Mapping[str, Operation]:
        return {"SelectResourceConfig": self._select}

    def _select(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        try:
            query = parse(parameters["Expression"])
        except ValueError as error:
            raise AwsError("InvalidExpressionException", str(error)) from error
        size = paging.limit(parameters.get("Limit"), _USUAL_RESULTS, _MOST_RESULTS)
        recorded = sorted(self._stores(context).recorded.values(), key=lambda item: item.key)
        results = [json.dumps(row, default=str) for row in run(query, (_queried(item, context) for item in recorded))]
        fields = {"SelectFields": [{"Name": field.label} for field in query.fields]}
        return paging.answer("Results", results, parameters.get("NextToken"), size) | {"QueryInfo": fields}


def _queried(item: Item, context: RequestContext) -> dict[str, Any]:
    tags = [{"key": key, "value": value, "tag": f"{key}={value}"} for key, value in item.tags.items()]
    return notified_item(item, context) | {"tags": tags}


def run(query: Query, items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the answer, in their order."""
    found = [item for item in items if query.condition(item)]
    if query.group_by or any(field.function for field in query.fields):
        return _sorted([_summary(query, group) for group in _groups(query, found)], query)
    return [_selected(query.fields, item) for item in _sorted(found, query)]


def _groups(query: Query, items: list[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    groups: dict[str, list[Mapping[str, Any]]] = {} if query.group_by else {"": []}
    for item in items:
        key = json.dumps([values(item, path) for path in query.group_by], default=str) if query.group_by else ""
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def _summary(query: Query, group: list[Mapping[str, Any]]) -> dict[str, Any]:
    plain = tuple(field for field in query.fields if not field.function)
    summary = _selected(plain, group[0]) if group else {}
    return summary | {field.label: _summarised(field, group) for field in query.fields if field.function}


def _summarised(field: Field, group: list[Mapping[str, Any]]) -> Any:
    if field.path == "*":
        return len(group)
    found = [value for item in group for value in values(item, field.path)]
    if field.function == "COUNT":
        return len(found)
    numbers = [value for value in found if isinstance(value, int | float)]
    if not numbers:
        return None
    return sum(numbers) / len(numbers) if field.function == "AVG" else _SUMMARIES[str(field.function)](numbers)


_SUMMARIES: Mapping[str, Callable[[list[Any]], Any]] = {"MAX": max, "MIN": min, "SUM": sum}


def _sorted(rows: list[Any], query: Query) -> list[Any]:
    for path, backwards in reversed(query.order_by):
        rows = sorted(rows, key=lambda row: _order_key(row, path), reverse=backwards)
    return rows


def _order_key(row: Mapping[str, Any], path: str) -> tuple[bool, float, str]:
    """Numbers among numbers, before texts; what has no value comes first."""
    found = [row[path]] if path in row else values(row, path)
    value = found[0] if found else ""
    is_number = isinstance(value, int | float)
    return (not is_number and bool(found), float(value) if is_number else 0.0, str(value))


def _selected(fields: Iterable[Field], item: Mapping[str, Any]) -> dict[str, Any]:
    selected: dict[str, Any] = {}
    for field in fields:
        selected = _merged(selected, dict(item) if field.path == "*" else _cut(item, field.path))
    return selected


def _cut(value: Any, path: str) -> Any:
    """The part of an item that a path leads to, in its place."""
    if isinstance(value, list):
        return [_cut(each, path) for each in value]
    name, _, rest = path.partition(".")
    if not path or not isinstance(value, Mapping):
        return value if not path else {}
    return {name: _cut(value[name], rest)} if name in value else {}


def _merged(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return one | {name: _merged(one[name], value) if name in one else value for name, value in other.items()}
    if isinstance(one, list) and isinstance(other, list):
        return [_merged(*pair) for pair in zip(one, other, strict=False)]
    return other
