"""Amazon API Gateway, REST: what requests are checked against, and what the API answers to those it turns away."""

from __future__ import annotations

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, json_text, pick
from workbench.templates.functions import scalar_text

_VALIDATOR = {
    "Name": "/name",
    "ValidateRequestBody": "/validateRequestBody",
    "ValidateRequestParameters": "/validateRequestParameters",
}


def _create_model(properties: Properties, context: Context) -> Physical:
    name = properties.get("Name") or context.name().replace("-", "")
    given = {"ContentType": "application/json", **pick(properties, "RestApiId", "ContentType", "Description")}
    schema = json_text(properties.get("Schema") or {})
    call(context.client("apigateway"), "create_model", Name=name, Schema=schema, **given)
    return Physical(name)


def _delete_model(name: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("apigateway").delete_model(restApiId=properties["RestApiId"], modelName=name)


def _update_model(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    _delete_model(name, old, context)
    return _create_model({**new, "Name": name}, context)


def _create_validator(properties: Properties, context: Context) -> Physical:
    given = {"Name": context.name(), **pick(properties, "RestApiId", *_VALIDATOR)}
    made = call(context.client("apigateway"), "create_request_validator", **given)
    return Physical(made["id"], {"RequestValidatorId": made["id"]})


def _update_validator(validator_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    patches = [
        {"op": "replace", "path": path, "value": scalar_text(new.get(name, False))}
        for name, path in _VALIDATOR.items()
        if old.get(name) != new.get(name)
    ]
    where = {"restApiId": new["RestApiId"], "requestValidatorId": validator_id}
    context.client("apigateway").update_request_validator(**where, patchOperations=patches)
    return Physical(validator_id, {"RequestValidatorId": validator_id})


def _delete_validator(validator_id: str, properties: Properties, context: Context) -> None:
    where = {"restApiId": properties["RestApiId"], "requestValidatorId": validator_id}
    with gone_is_fine():
        context.client("apigateway").delete_request_validator(**where)


def _create_response(properties: Properties, context: Context) -> Physical:
    _put_response(properties, context)
    name = context.name()
    return Physical(name, {"Id": name})


def _update_response(name: str, _: Properties, new: Properties, context: Context) -> Physical:
    _put_response(new, context)
    return Physical(name, {"Id": name})


def _put_response(properties: Properties, context: Context) -> None:
    given = pick(properties, "RestApiId", "ResponseParameters", "ResponseTemplates", "ResponseType", "StatusCode")
    call(context.client("apigateway"), "put_gateway_response", **given)


def _delete_response(_: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        call(context.client("apigateway"), "delete_gateway_response", **pick(properties, "RestApiId", "ResponseType"))


PROVIDERS: dict[str, Provider] = {
    "AWS::ApiGateway::GatewayResponse": Provider(
        _create_response, _update_response, _delete_response, replaces=frozenset({"ResponseType", "RestApiId"})
    ),
    "AWS::ApiGateway::Model": Provider(
        _create_model, _update_model, _delete_model, replaces=frozenset({"ContentType", "Name", "RestApiId"})
    ),
    "AWS::ApiGateway::RequestValidator": Provider(
        _create_validator, _update_validator, _delete_validator, replaces=frozenset({"Name", "RestApiId"})
    ),
}
