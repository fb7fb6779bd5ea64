"""Conformance packs: rules that come and go together, as a CloudFormation stack of their own.

Owns the packs of a region and the names of their rules. The stack does the work, as on AWS.
"""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from workbench.local_aws.config import paging
from workbench.local_aws.config.store import Pack, Store, Stores
from workbench.local_aws.service import AwsError, Operation, RequestContext
from workbench.templates import InvalidTemplate, yaml_reader

_MOST_PACKS = 50
_MOST_SHOWN = 20
_INVALID_TEMPLATE = "ConformancePackTemplateValidationException"
_RULE = "AWS::Config::ConfigRule"
_KEPT = ("DeliveryS3Bucket", "DeliveryS3KeyPrefix", "ConformancePackInputParameters")
_SOURCES = ("TemplateBody", "TemplateS3Uri", "TemplateSSMDocumentDetails")


@dataclass(frozen=True)
class _State:
    """What the stack of a pack has come to; without a status, the stack is gone."""

    status: str | None
    reason: str = ""
    completed_at: datetime | None = None


class PackOperations:
    """What clients do with packs; `clients` gives a client of a service in a region."""

    def __init__(self, stores: Stores, clients: Callable[[str, str], Any]) -> None:
        self._stores = stores
        self._clients = clients

    def operations(self) -> Mapping[str, Operation]:
        return {
            "PutConformancePack": self._put,
            "DeleteConformancePack": self._delete,
            "DescribeConformancePacks": self._describe,
            "DescribeConformancePackStatus": self._describe_status,
        }

    def _put(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        store, name = self._stores(context), parameters["ConformancePackName"]
        known = store.packs.get(name)
        if known is None and len(store.packs) >= _MOST_PACKS:
            message = f"You have reached the limit of the number of conformance packs ({_MOST_PACKS}) in an account."
            raise AwsError("MaxNumberOfConformancePacksExceededException", message)
        pack = replace(known or _new_pack(name, context), requested_at=datetime.now(UTC))
        pack = replace(pack, settings={key: parameters[key] for key in _KEPT if key in parameters})
        template = self._template(parameters, pack, context)
        inputs = [
            {"ParameterKey": each["ParameterName"], "ParameterValue": each["ParameterValue"]}
            for each in parameters.get("ConformancePackInputParameters") or ()
        ]
        stack_arn = self._deploy(pack, {"TemplateBody": template, "Parameters": inputs}, context)
        with store.lock:
            store.packs[name] = replace(pack, stack_arn=stack_arn)
        return {"ConformancePackArn": pack.arn}

    def _template(self, parameters: Mapping[str, Any], pack: Pack, context: RequestContext) -> str:
        given = [source for source in _SOURCES if parameters.get(source)]
        if len(given) != 1:
            message = f"You must specify only one of the follow parameters: {', '.join(_SOURCES)}."
            raise AwsError("InvalidParameterValueException", message)
        if given[0] == "TemplateSSMDocumentDetails":
            message = "The local AWS takes no Systems Manager documents; give TemplateBody or TemplateS3Uri."
            raise AwsError("InvalidParameterValueException", message)
        return adapted(parameters.get("TemplateBody") or self._stored(parameters["TemplateS3Uri"], context), pack)

    def _stored(self, uri: str, context: RequestContext) -> str:
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        try:
            body: bytes = self._clients("s3", context.region).get_object(Bucket=bucket, Key=key)["Body"].read()
        except ClientError as error:
            message = f"The template at {uri} cannot be read: {error.response['Error']['Message']}"
            raise AwsError("InvalidParameterValueException", message) from error
        return body.decode()

    def _deploy(self, pack: Pack, submitted: Mapping[str, Any], context: RequestContext) -> str:
        client = self._clients("cloudformation", context.region)
        submit = client.update_stack if pack.stack_arn else client.create_stack
        try:
            return str(submit(StackName=pack.stack_name, **submitted)["StackId"])
        except ClientError as error:
            message = error.response["Error"]["Message"]
            if "No updates are to be performed" in message:
                return pack.stack_arn
            is_busy = "_IN_PROGRESS" in message
            raise AwsError("ResourceInUseException" if is_busy else _INVALID_TEMPLATE, message) from error

    def _delete(self, parameters: Mapping[str, Any], context: RequestContext) -> None:
        (pack,) = self._named([parameters["ConformancePackName"]], context)
        self._clients("cloudformation", context.region).delete_stack(StackName=pack.stack_arn)

    def _describe(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        packs = self._named(parameters.get("ConformancePackNames"), context)
        described = [{**_identity(pack), **pack.settings} for pack in packs]
        size = paging.limit(parameters.get("Limit"), _MOST_SHOWN, _MOST_SHOWN)
        return paging.answer("ConformancePackDetails", described, parameters.get("NextToken"), size)

    def _describe_status(self, parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        packs = self._named(parameters.get("ConformancePackNames"), context)
        described = [_status(pack, self._state(pack, context)) for pack in packs]
        size = paging.limit(parameters.get("Limit"), _MOST_SHOWN, _MOST_SHOWN)
        return paging.answer("ConformancePackStatusDetails", described, parameters.get("NextToken"), size)

    def _named(self, names: Iterable[str] | None, context: RequestContext) -> list[Pack]:
        store = self._stores(context)
        with store.lock:
            for pack in tuple(store.packs.values()):
                if self._state(pack, context).status is None:
                    del store.packs[pack.name]
        return require_packs(store, names)

    def _state(self, pack: Pack, context: RequestContext) -> _State:
        try:
            client = self._clients("cloudformation", context.region)
            (stack,) = client.describe_stacks(StackName=pack.stack_arn)["Stacks"]
        except ClientError:
            return _State(None)
        if stack["StackStatus"] == "DELETE_COMPLETE":
            return _State(None)
        status, completed_at = _pack_state(stack["StackStatus"]), stack.get("LastUpdatedTime") or stack["CreationTime"]
        events = client.describe_stack_events(StackName=pack.stack_arn)["StackEvents"] if "FAILED" in status else ()
        return _State(status, _first_failure(events), completed_at)


def require_packs(store: Store, names: Iterable[str] | None) -> list[Pack]:
    """The packs of these names, or all. Raises `AwsError` for one that does not exist."""
    if not names:
        return sorted(store.packs.values(), key=lambda pack: pack.name)
    if any(name not in store.packs for name in names):
        message = (
            "One or more conformance packs with specified names are not present. "
            "Ensure your names are correct and try your request again later."
        )
        raise AwsError("NoSuchConformancePackException", message)
    return [store.packs[name] for name in names]


def adapted(text: str, pack: Pack) -> str:
    """The pack's template with the names that AWS gives to its rules. Raises `AwsError` for what is no pack."""
    try:
        template, _ = yaml_reader.read(text, "TemplateBody")
    except InvalidTemplate as error:
        raise AwsError(_INVALID_TEMPLATE, str(error)) from error
    resources = template.get("Resources") if isinstance(template, dict) else None
    if not isinstance(resources, dict) or not resources:
        message = "Template format error: At least one Resources member must be defined."
        raise AwsError(_INVALID_TEMPLATE, message)
    for name, resource in resources.items():
        if resource.get("Type") != _RULE:
            message = f"The resource {name} has the type {resource.get('Type')}; the local AWS takes {_RULE} in packs."
            raise AwsError(_INVALID_TEMPLATE, message)
        properties = resource.setdefault("Properties", {})
        properties["ConfigRuleName"] = f"{properties.get('ConfigRuleName', name)}-{pack.pack_id}"
    return json.dumps(template, default=str)


def _new_pack(name: str, context: RequestContext) -> Pack:
    suffix = "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(9))
    pack_id = f"conformance-pack-{suffix}"
    arn = f"arn:aws:config:{context.region}:{context.account}:conformance-pack/{name}/{pack_id}"
    return Pack(name, pack_id, arn, datetime.now(UTC))


def _identity(pack: Pack) -> dict[str, Any]:
    return {
        "ConformancePackName": pack.name,
        "ConformancePackArn": pack.arn,
        "ConformancePackId": pack.pack_id,
        "LastUpdateRequestedTime": pack.requested_at,
    }


def _status(pack: Pack, state: _State) -> dict[str, Any]:
    described = _identity(pack) | {"ConformancePackState": state.status, "StackArn": pack.stack_arn}
    if state.status == "CREATE_COMPLETE":
        return described | {"LastUpdateCompletedTime": state.completed_at}
    return described | ({"ConformancePackStatusReason": state.reason} if state.reason else {})


def _first_failure(events: Iterable[Mapping[str, Any]]) -> str:
    """Why a stack failed; its events come last first."""
    failures = [event for event in events if event["ResourceStatus"].endswith("_FAILED")]
    return str(failures[-1].get("ResourceStatusReason", "")) if failures else ""


def _pack_state(stack_status: str) -> str:
    """Packs know no updates: one that is updated is being created again."""
    if stack_status.startswith("DELETE"):
        return stack_status
    if stack_status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        return "CREATE_COMPLETE"
    is_failing = "ROLLBACK" in stack_status or "FAILED" in stack_status
    return "CREATE_FAILED" if is_failing else "CREATE_IN_PROGRESS"
