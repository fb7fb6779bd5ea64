"""REST APIs from an OpenAPI document: ImportRestApi and PutRestApi."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from moto.apigateway.exceptions import RestAPINotFound
from moto.apigateway.models import apigateway_backends

from workbench.local_aws.gateway.rest_import import RestImport
from workbench.local_aws.service import AwsError, Operation, RequestContext


def operations() -> Mapping[str, Operation]:
    return {"ImportRestApi": _import_api, "PutRestApi": _put_api}


def _import_api(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    document = document_of(parameters["body"])
    info = document.get("info") or {}
    backend = apigateway_backends[context.account][context.region]
    api = backend.create_rest_api(name=info.get("title", ""), description=info.get("description", ""))
    RestImport(backend, api, document).run()
    return dict(api.to_dict())


def _put_api(parameters: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    backend = apigateway_backends[context.account][context.region]
    try:
        api = backend.get_rest_api(parameters["restApiId"])
    except RestAPINotFound as error:
        raise AwsError("NotFoundException", "Invalid API identifier specified", 404) from error
    importing = RestImport(backend, api, document_of(parameters["body"]))
    if parameters.get("mode", "merge") == "overwrite":
        importing.clear()
    importing.run()
    return dict(api.to_dict())


def document_of(body: Any) -> dict[str, Any]:
    text = body.read() if hasattr(body, "read") else body
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise AwsError("BadRequestException", f"Invalid OpenAPI input: {error}") from error
    if not isinstance(document, dict) or not ("openapi" in document or "swagger" in document):
        raise AwsError("BadRequestException", "Invalid OpenAPI input.")
    return document
