"""GetTemplate, GetTemplateSummary, ValidateTemplate."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from workbench.local_aws.cloudformation import capabilities, submission
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.model import Definition
from workbench.local_aws.cloudformation.operations.shapes import given
from workbench.local_aws.cloudformation.schemas import schema_of, top_level
from workbench.local_aws.cloudformation.template import check_plain, read, transforms
from workbench.local_aws.service import AwsError, Operation, RequestContext
from workbench.templates import Document
from workbench.templates.functions import scalar_text

_CONSTRAINTS = ("AllowedValues",)


class TemplateOperations:
    """Operations on templates."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def operations(self) -> Mapping[str, Operation]:
        return {
            "GetTemplate": self._get,
            "GetTemplateSummary": self._summarise,
            "ValidateTemplate": self._validate,
        }

    def _get(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        template = self._definition(request, context).template
        original = request.get("TemplateStage", "Original") == "Original"
        body = template.text if original else json.dumps(template.processed)
        # Packaging writes this endpoint into TemplateURL; clients that read it back know the addresses of S3 only.
        body = body.replace(f"{context.endpoint}/", f"https://s3.{context.region}.amazonaws.com/")
        return {"TemplateBody": body, "StagesAvailable": ["Original", "Processed"]}

    def _definition(self, request: Mapping[str, Any], context: RequestContext) -> Definition:
        stack = self._engine.stacks.get(request["StackName"], context.region)
        if "ChangeSetName" not in request:
            return stack.definition
        for change_set in stack.change_sets.values():
            if request["ChangeSetName"] in (change_set.name, change_set.change_set_id) and change_set.definition:
                return change_set.definition
        raise AwsError("ChangeSetNotFound", f"ChangeSet [{request['ChangeSetName']}] does not exist", 404)

    def _summarise(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        document = self._document(request, context)
        metadata = document.template.get("Metadata")
        return given(
            {
                **_described(document),
                "Parameters": [_declaration(name, body) for name, body in document.section("Parameters").items()],
                "ResourceTypes": sorted({body["Type"] for body in _resources(document).values()}),
                "ResourceIdentifierSummaries": list(_identifiers(document)),
                "Version": document.template.get("AWSTemplateFormatVersion"),
                "Metadata": None if metadata is None else json.dumps(metadata, default=str),
            }
        )

    def _validate(self, request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        document = self._document(request, context)
        check_plain(document)
        parameters = [_parameter(name, body) for name, body in document.section("Parameters").items()]
        return {**_described(document), "Parameters": parameters}

    def _document(self, request: Mapping[str, Any], context: RequestContext) -> Document:
        if "StackName" in request:
            return self._engine.stacks.get(request["StackName"], context.region).definition.template.submitted
        return read(submission.template_text(request, self._engine.client(context.region)))


def _resources(document: Document) -> Mapping[str, Any]:
    return {name: body for name, body in document.resources.items() if isinstance(body, dict) and "Type" in body}


def _identifiers(document: Document) -> Iterator[Mapping[str, Any]]:
    """By which properties resources of each type are told apart, and which resources those are."""
    names: dict[str, list[str]] = {}
    for logical_id, body in _resources(document).items():
        names.setdefault(body["Type"], []).append(logical_id)
    for resource_type, logical_ids in sorted(names.items()):
        shape = schema_of(resource_type)
        identifiers = sorted(top_level(shape, "primaryIdentifier")) if shape else []
        yield {"ResourceType": resource_type, "LogicalResourceIds": logical_ids, "ResourceIdentifiers": identifiers}


def _described(document: Document) -> dict[str, Any]:
    needed = capabilities.needed(_resources(document))
    if transforms(document):
        needed = [*needed, "CAPABILITY_AUTO_EXPAND"]
    return given(
        {
            "Description": document.template.get("Description"),
            "Capabilities": needed or None,
            "CapabilitiesReason": capabilities.reason(_resources(document)),
            "DeclaredTransforms": transforms(document) or None,
        }
    )


def _parameter(name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    default = body.get("Default")
    return given(
        {
            "ParameterKey": name,
            "DefaultValue": None if default is None else scalar_text(default),
            "NoEcho": scalar_text(body.get("NoEcho", False)) == "true",
            "Description": body.get("Description"),
        }
    )


def _declaration(name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    allowed = {key: [scalar_text(value) for value in body[key]] for key in _CONSTRAINTS if key in body}
    return {**_parameter(name, body), "ParameterType": body["Type"], "ParameterConstraints": allowed}
