"""CloudFormation's registry of types, as far as AWS's public types go, and what an account may have of anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from workbench.local_aws.cloudformation.operations.paging import page
from workbench.local_aws.cloudformation.schemas import schema_of, type_names
from workbench.local_aws.cloudformation.template import read
from workbench.local_aws.service import AwsError, Operation, RequestContext

_LIMITS = {"StackLimit": 2000, "StackOutputsLimit": 200, "ConcurrentResourcesLimit": 2500}
_CALCULATOR = "https://calculator.aws/#/estimate?template="


def operations() -> Mapping[str, Operation]:
    """By operation name. What nobody could have created is listed as none."""
    return {
        "DescribeAccountLimits": _limits,
        "DescribeType": _describe,
        "EstimateTemplateCost": _estimate,
        "ListGeneratedTemplates": _none("Summaries"),
        "ListHookResults": _none("HookResults"),
        "ListResourceScans": _none("ResourceScanSummaries"),
        "ListStackRefactors": _none("StackRefactorSummaries"),
        "ListStackSets": _none("Summaries"),
        "ListTypes": _list,
    }


def _none(member: str) -> Operation:
    return lambda *_: {member: []}


def _limits(request: Mapping[str, Any], _: RequestContext) -> Mapping[str, Any]:
    return page("AccountLimits", [{"Name": name, "Value": value} for name, value in _LIMITS.items()], request)


def _estimate(request: Mapping[str, Any], _: RequestContext) -> Mapping[str, Any]:
    """AWS answers with an address of its calculator, too, and never with a cost."""
    text = str(request.get("TemplateBody") or request.get("TemplateURL") or "")
    if "TemplateBody" in request:
        read(text)
    if not text:
        raise AwsError("ValidationError", "Either Template URL or Template Body must be specified.")
    return {"Url": _CALCULATOR + quote(text[:200])}


def _list(request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    """AWS lists private types, of which there are none here, unless it is asked for the public ones."""
    listed = request.get("Visibility") == "PUBLIC" and request.get("Type", "RESOURCE") == "RESOURCE"
    prefix = (request.get("Filters") or {}).get("TypeNamePrefix", "")
    names = [name for name in type_names() if name.startswith(prefix)] if listed else []
    found = [
        {"Type": "RESOURCE", "TypeName": name, "TypeArn": _arn(name, context), "IsActivated": True} for name in names
    ]
    return page("TypeSummaries", found, request, int(request.get("MaxResults", 100)))


def _describe(request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    name = request.get("TypeName") or str(request.get("Arn", "")).rsplit("/", 1)[-1].replace("-", "::")
    shape = schema_of(name) if name else None
    if shape is None:
        message = f"The type '{name}' cannot be found."
        raise AwsError("TypeNotFoundException", message, 404)
    return {
        "Arn": _arn(name, context),
        "Type": "RESOURCE",
        "TypeName": name,
        "Description": shape.root.get("description", ""),
        "Schema": json.dumps(dict(shape.root)),
        "ProvisioningType": "FULLY_MUTABLE",
        "DeprecatedStatus": "LIVE",
        "Visibility": "PUBLIC",
        "IsActivated": True,
        "DocumentationUrl": _documentation(name),
    }


def _arn(name: str, context: RequestContext) -> str:
    return f"arn:aws:cloudformation:{context.region}::type/resource/{name.replace('::', '-')}"


def _documentation(name: str) -> str:
    page_name = "-".join(_words(name))
    return f"https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-{page_name}.html"


def _words(name: str) -> Iterator[str]:
    yield from name.removeprefix("AWS::").lower().split("::")
