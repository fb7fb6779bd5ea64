"""Makes a REST API of moto what an OpenAPI document says, with all that moto leaves out of it.

Security schemes become authorizers, and methods get their authorization, keys, validators, models and parameters.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any

from moto.apigateway.exceptions import ApiGatewayException

from workbench.local_aws.gateway import openapi
from workbench.local_aws.gateway.openapi import Operation, extension
from workbench.local_aws.service import AwsError

_OPTIONAL = {
    "connection_type": "connectionType",
    "content_handling": "contentHandling",
    "passthrough_behavior": "passthroughBehavior",
    "request_parameters": "requestParameters",
    "request_templates": "requestTemplates",
    "timeout_in_millis": "timeoutInMillis",
    "tls_config": "tlsConfig",
}


class RestImport:
    """Makes an API of moto what a document says. Paths, authorizers and validators that stay keep their ids."""

    def __init__(self, backend: Any, api: Any, document: Mapping[str, Any]) -> None:
        self._backend = backend
        self._api = api
        self._document = document
        self._operations = tuple(openapi.operations(document))

    def clear(self) -> None:
        wanted = {ancestor for operation in self._operations for ancestor in _ancestors(operation.path)}
        paths = {resource_id: resource.get_path() for resource_id, resource in self._api.resources.items()}
        for resource_id, path in paths.items():
            if path in wanted or path == "/":
                self._api.resources[resource_id].resource_methods.clear()
            else:
                del self._api.resources[resource_id]
        _keep(self._api.authorizers, openapi.authorizers(self._document))
        _keep(self._api.request_validators, extension(self._document, "request-validators") or {})
        self._api.models.clear()
        self._api.gateway_responses.clear()

    def run(self) -> None:
        try:
            self._run()
        except ApiGatewayException as error:
            raise AwsError("BadRequestException", error.message) from error

    def _run(self) -> None:
        self._settings()
        authorizers = self._authorizers()
        validators = self._validators()
        for name, schema in openapi.models(self._document).items():
            self._model(name, schema)
        for kind, response in (extension(self._document, "gateway-responses") or {}).items():
            self._gateway_response(kind, response)
        for operation in self._operations:
            self._method(operation, authorizers, validators)

    def _settings(self) -> None:
        binary_types = extension(self._document, "binary-media-types")
        if binary_types is not None:
            self._api.binaryMediaTypes = list(binary_types)
        self._api.policy = openapi.policy(self._document) or self._api.policy
        source = extension(self._document, "api-key-source")
        self._api.api_key_source = source or self._api.api_key_source

    def _authorizers(self) -> Mapping[str, str]:
        known = {authorizer.name: authorizer for authorizer in self._api.authorizers.values()}
        for name, given in openapi.authorizers(self._document).items():
            if name not in known:
                known[name] = self._backend.create_authorizer(self._api.id, name, "")
            _describe(known[name], given)
        return {name: authorizer.id for name, authorizer in known.items()}

    def _validators(self) -> Mapping[str, str]:
        known = {validator.name: validator for validator in self._api.request_validators.values()}
        for name, given in (extension(self._document, "request-validators") or {}).items():
            body, parameters = bool(given.get("validateRequestBody")), bool(given.get("validateRequestParameters"))
            if name not in known:
                known[name] = self._api.create_request_validator(name, body, parameters)
            known[name].validate_request_body, known[name].validate_request_parameters = body, parameters
        return {name: validator.id for name, validator in known.items()}

    def _model(self, name: str, schema: Mapping[str, Any]) -> None:
        self._api.add_model(name, schema.get("description", ""), openapi.schema_text(schema), "application/json")

    def _gateway_response(self, kind: str, given: Mapping[str, Any]) -> None:
        status = given.get("statusCode")
        self._api.put_gateway_response(
            kind, status and str(status), given.get("responseParameters") or {}, given.get("responseTemplates") or {}
        )

    def _method(self, operation: Operation, authorizers: Mapping[str, str], validators: Mapping[str, str]) -> None:
        resource = self._resource(operation.path)
        resource.add_method(
            operation.method,
            operation.access.type,
            operation.access.needs_key,
            dict(operation.parameters) or None,
            {kind: self._model_name(operation, schema) for kind, schema in operation.schemas.items()} or None,
            operation.body.get("operationId"),
            authorizers.get(operation.access.authorizer),
            list(operation.access.scopes) or None,
            validators.get(operation.validator),
        )
        for status, response in (operation.body.get("responses") or {}).items():
            self._method_response(resource, operation.method, str(status), response or {})
        if operation.integration:
            self._integration(resource, operation)

    def _method_response(self, resource: Any, method: str, status: str, response: Mapping[str, Any]) -> None:
        headers = openapi.resolved(self._document, response).get("headers") or {}
        parameters = {f"method.response.header.{name}": False for name in headers}
        self._backend.put_method_response(self._api.id, resource.id, method, status, None, parameters or None)

    def _integration(self, resource: Any, operation: Operation) -> None:
        given = operation.integration
        optional = {ours: given[theirs] for ours, theirs in _OPTIONAL.items() if given.get(theirs) is not None}
        kind, verb = str(given.get("type", "")).upper(), given.get("httpMethod") or "POST"
        where = (self._api.id, resource.id, operation.method)
        made = self._backend.put_integration(*where, kind, given.get("uri") or "", verb, **optional)
        # moto takes the caller's own (`arn:aws:iam::*:user/*`) for those of another account.
        made.credentials = given.get("credentials")
        for pattern, response in (given.get("responses") or {}).items():
            self._backend.put_integration_response(
                *where,
                str(response.get("statusCode", "200")),
                "" if pattern == "default" else pattern,
                response.get("responseTemplates") or {},
                response.get("responseParameters") or {},
                response.get("contentHandling"),
            )

    def _model_name(self, operation: Operation, schema: Mapping[str, Any]) -> str:
        """The model that a body's schema refers to, or one made for this body alone."""
        if "$ref" in schema:
            return str(schema["$ref"]).rpartition("/")[2]
        name = re.sub(r"\W", "", f"{operation.method}{operation.path}Model")
        self._model(name, schema)
        return name

    def _resource(self, path: str) -> Any:
        found = self._api.default
        for ancestor in _ancestors(path)[1:]:
            known = self._api.get_resource_for_path(ancestor)
            part = ancestor.rpartition("/")[2]
            found = known or self._backend.create_resource(self._api.id, found.id, part)
        return found


def _keep(records: dict[str, Any], names: Container[str]) -> None:
    """Leaves the records of these names."""
    for record_id in [record_id for record_id, record in records.items() if record.name not in names]:
        del records[record_id]


def _describe(authorizer: Any, given: Mapping[str, Any]) -> None:
    kinds = {"token": "TOKEN", "request": "REQUEST", "cognito_user_pools": "COGNITO_USER_POOLS"}
    authorizer.type = kinds.get(str(given.get("type", "")).lower(), "TOKEN")
    authorizer.auth_type = {"COGNITO_USER_POOLS": "cognito_user_pools"}.get(authorizer.type, "custom")
    authorizer.authorizer_uri = given.get("authorizerUri")
    authorizer.authorizer_credentials = given.get("authorizerCredentials")
    authorizer.identity_source = given.get("identitySource")
    authorizer.identity_validation_expression = given.get("identityValidationExpression")
    authorizer.provider_arns = given.get("providerARNs")
    authorizer.authorizer_result_ttl = int(given.get("authorizerResultTtlInSeconds", 300))


def _ancestors(path: str) -> list[str]:
    """`/`, `/a`, `/a/b` of `/a/b`."""
    parts = [part for part in path.split("/") if part]
    return ["/", *("/" + "/".join(parts[: count + 1]) for count in range(len(parts)))]
