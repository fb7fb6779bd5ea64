"""AWS Cloud Control API: one set of operations for resources of every type that can be read.

Owns what may be asked of a type. Providers act, as for stacks; a resource of a stack that is changed here has drifted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation import properties
from workbench.local_aws.cloudformation.drift.actual import CHECKED, ReadPlace
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.operations.cloud_requests import Progress, Requests
from workbench.local_aws.cloudformation.operations.cloud_resources import CloudResources, Found, identifier_of
from workbench.local_aws.cloudformation.operations.paging import page
from workbench.local_aws.cloudformation.operations.patches import patched
from workbench.local_aws.cloudformation.schemas import is_custom, schema_of
from workbench.local_aws.service import AwsError, Operation, RequestContext


class CloudControl:
    """`read` reads the state of the services. `requests` is what is to be kept over a restart."""

    def __init__(self, engine: Engine, read: ReadPlace) -> None:
        self._engine = engine
        self._resources = CloudResources(engine, read)
        self.requests = Requests()

    def operations(self) -> Mapping[str, Operation]:
        """By operation name, for the service `cloudcontrol`."""
        return {
            "CreateResource": self._create,
            "DeleteResource": self._delete,
            "GetResource": self._get,
            "GetResourceRequestStatus": self._status,
            "ListResourceRequests": self._list_requests,
            "ListResources": self._list,
            "UpdateResource": self._update,
        }

    def _get(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        found = self._found(request, context)
        return {"TypeName": request["TypeName"], "ResourceDescription": _description(found)}

    def _list(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        name = request["TypeName"]
        _check_supported(name, "list")
        found = [_description(each) for each in self._resources.list(name, context.region)]
        return {"TypeName": name, **page("ResourceDescriptions", found, request, request.get("MaxResults", 100))}

    def _create(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        name, desired = request["TypeName"], _object(request["DesiredState"], "DesiredState")
        _check_supported(name, "create")
        _check_valid(name, desired)
        around = self._resources.context(name, context.region)

        def act() -> str:
            made = self._engine.provider_of(name).create(desired, around)
            return identifier_of(name, made.id, {**made.attributes, **desired})

        return self._begin(request, Progress("CREATE", name, "", desired), act)

    def _update(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        name = request["TypeName"]
        _check_supported(name, "update")
        found = self._found(request, context)
        change = patched(name, found.shown, request["PatchDocument"])
        wanted = {key: value for key, value in found.applied.items() if key not in change.removed}
        wanted |= change.given
        _check_valid(name, change.given, is_whole=False)
        provider = self._engine.provider_of(name)
        update = provider.update
        if update is None or provider.must_replace(change.names):
            names = ", ".join(f"/properties/{each}" for each in sorted(change.names))
            raise AwsError("NotUpdatableException", f"Invalid patch update: [{names}] cannot be updated in place")

        def act() -> str:
            update(found.physical_id, found.applied, wanted, self._resources.context(name, context.region, found))
            return found.identifier

        return self._begin(request, Progress("UPDATE", name, found.identifier, change.model), act)

    def _delete(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        name = request["TypeName"]
        _check_supported(name, "delete")
        found = self._found(request, context)

        def act() -> str:
            around = self._resources.context(name, context.region, found)
            self._engine.provider_of(name).delete(found.physical_id, found.applied, around)
            return found.identifier

        return self._begin(request, Progress("DELETE", name, found.identifier), act)

    def _status(self, request: Mapping[str, Any], _: RequestContext) -> Mapping[str, Any]:
        return {"ProgressEvent": self.requests.get(request["RequestToken"]).event()}

    def _list_requests(self, request: Mapping[str, Any], _: RequestContext) -> Mapping[str, Any]:
        wanted = request.get("ResourceRequestStatusFilter") or {}
        found = [
            each.event()
            for each in self.requests.all()
            if each.operation in (wanted.get("Operations") or (each.operation,))
            and each.status in (wanted.get("OperationStatuses") or (each.status,))
        ]
        return page("ResourceRequestStatusSummaries", found, request, request.get("MaxResults", 100))

    def _found(self, request: Mapping[str, Any], context: RequestContext) -> Found:
        _check_type(request["TypeName"])
        return self._resources.find(request["TypeName"], request["Identifier"], context.region)

    def _begin(self, request: Mapping[str, Any], progress: Progress, act: Any) -> Mapping[str, Any]:
        return {"ProgressEvent": self.requests.begin(request, progress, act)}


def _description(found: Found) -> Mapping[str, Any]:
    return {"Identifier": found.identifier, "Properties": json.dumps(found.shown, default=str)}


def _check_type(name: str) -> None:
    if is_custom(name) or schema_of(name) is None:
        raise AwsError("TypeNotFoundException", f"The type '{name}' cannot be found.")


def _check_supported(name: str, action: str) -> None:
    """Raises AwsError for what AWS does not offer, and for types that the local AWS cannot read."""
    _check_type(name)
    shape = schema_of(name)
    if shape is None or action not in shape.root.get("handlers", {}) or name not in CHECKED:
        message = f"Resource type {name} does not support {action.upper()} action"
        raise AwsError("UnsupportedActionException", message if name in CHECKED else f"{message} in the local AWS")


def _check_valid(name: str, model: Mapping[str, Any], *, is_whole: bool = True) -> None:
    """Raises AwsError for what the type's schema forbids; a model that is not whole may lack what is required."""
    found = properties.problems(name, model)
    said = [str(each) for each in found if is_whole or each.path or not each.said.startswith("required key")]
    if said:
        raise AwsError("ValidationException", f"Model validation failed ({'; '.join(said)})")


def _object(text: str, member: str) -> Mapping[str, Any]:
    try:
        parsed = json.loads(text)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise AwsError("ValidationException", f"{member} must be a valid JSON object")
    return parsed
