"""Reading the inventory: which resources are recorded, as what, since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.config import paging
from workbench.local_aws.config.description import base_item, full_item
from workbench.local_aws.config.items import Item
from workbench.local_aws.config.store import Store, Stores
from workbench.local_aws.service import AwsError, Operation, RequestContext

_MOST_IDS = 20


class InventoryReads:
    """The operations that tell of recorded resources."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def operations(self) -> Mapping[str, Operation]:
        return {
            "ListDiscoveredResources": self._list,
            "BatchGetResourceConfig": self._batch_get,
            "GetResourceConfigHistory": self._history,
            "GetDiscoveredResourceCounts": self._counts,
        }

    def _list(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        ids, name = parameters.get("resourceIds") or [], parameters.get("resourceName")
        if ids and name:
            message = "Both Resource ID and Resource Name cannot be specified in the request"
            raise AwsError("ValidationException", message)
        if len(ids) > _MOST_IDS:
            message = (
                f"The specified list had more than {_MOST_IDS} resource ID's. It must have '{_MOST_IDS}' or less items"
            )
            raise AwsError("ValidationException", message)
        size = _limit(parameters)
        store = self._stores(context)
        items = [item for key, item in sorted(store.recorded.items()) if key[0] == parameters["resourceType"]]
        found = [item for item in items if (not ids or item.key[1] in ids) and name in (None, item.name)]
        listed = [{"resourceType": item.key[0], "resourceId": item.key[1], "resourceName": item.name} for item in found]
        if parameters.get("includeDeletedResources"):
            listed += _deleted(store, parameters["resourceType"])
        return paging.answer("resourceIdentifiers", listed, parameters.get("nextToken"), size, "nextToken")

    def _batch_get(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        recorded = self._stores(context).recorded
        items = [recorded.get((key["resourceType"], key["resourceId"])) for key in parameters["resourceKeys"]]
        return {
            "baseConfigurationItems": [base_item(item, context) for item in items if item],
            "unprocessedResourceKeys": [],
        }

    def _history(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        key = (parameters["resourceType"], parameters["resourceId"])
        items = list(self._stores(context).history.get(key, ()))
        if not items:
            message = f"Resource {key[1]} of resourceType:{key[0]} is unknown or has not been discovered"
            raise AwsError("ResourceNotDiscoveredException", message)
        if parameters.get("chronologicalOrder") != "Forward":
            items.reverse()
        between = [item for item in items if _is_between(item, parameters)]
        described = [full_item(item, context) for item in between]
        size = _limit(parameters, 10)
        return paging.answer("configurationItems", described, parameters.get("nextToken"), size, "nextToken")

    def _counts(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        wanted = parameters.get("resourceTypes")
        counts = Counter(key[0] for key in self._stores(context).recorded if not wanted or key[0] in wanted)
        listed = [{"resourceType": kind, "count": count} for kind, count in counts.most_common()]
        answer = paging.answer("resourceCounts", listed, parameters.get("nextToken"), _limit(parameters), "nextToken")
        return answer | {"totalDiscoveredResources": counts.total()}


def _limit(parameters: Mapping[str, Any], default: int = 100) -> int:
    given = parameters.get("limit") or default
    if given > 100:
        message = (
            f"Value '{given}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100"
        )
        raise AwsError("InvalidLimitException", message)
    return int(given)


def _deleted(store: Store, config_type: str) -> list[dict[str, Any]]:
    last = [items[-1] for items in tuple(store.history.values()) if items]
    return [
        {
            "resourceType": item.key[0],
            "resourceId": item.key[1],
            "resourceName": item.name,
            "resourceDeletionTime": item.captured_at,
        }
        for item in last
        if item.is_deleted and item.key[0] == config_type
    ]


def _is_between(item: Item, parameters: Mapping[str, Any]) -> bool:
    earlier, later = parameters.get("earlierTime"), parameters.get("laterTime")
    return (earlier is None or item.captured_at >= earlier) and (later is None or item.captured_at <= later)
