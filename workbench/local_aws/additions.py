"""Small operations that AWS has and moto lacks, on moto's own records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workbench.local_aws import cloudwatch, service
from workbench.local_aws.member_names import in_lower_camel
from workbench.local_aws.service import AwsError, RequestContext


def install() -> None:
    service.install("logs", {"AssociateKmsKey": _associate_key, "DisassociateKmsKey": _disassociate_key})
    service.install("apigatewayv2", {"UpdateStage": _update_stage})
    service.install("cloudwatch", cloudwatch.OPERATIONS)
    # moto would take these requests, which carry no signature, for some of S3.
    service.install("sso", {}, exclusive=True)


def _associate_key(request: Mapping[str, Any], context: RequestContext) -> None:
    _log_group(request, context).kms_key_id = request["kmsKeyId"]


def _disassociate_key(request: Mapping[str, Any], context: RequestContext) -> None:
    _log_group(request, context).kms_key_id = None


def _log_group(request: Mapping[str, Any], context: RequestContext) -> Any:
    from moto.logs.models import logs_backends

    group = logs_backends[context.account][context.region].groups.get(request.get("logGroupName"))
    if group is None:
        raise AwsError("ResourceNotFoundException", "The specified log group does not exist.")
    return group


_STAGE_SETTINGS = {
    "AccessLogSettings": "access_log_settings",
    "AutoDeploy": "auto_deploy",
    "ClientCertificateId": "client_certificate_id",
    "DefaultRouteSettings": "default_route_settings",
    "Description": "description",
    "RouteSettings": "route_settings",
    "StageVariables": "stage_variables",
}


def _update_stage(request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
    from moto.apigatewayv2.models import apigatewayv2_backends

    api = apigatewayv2_backends[context.account][context.region].apis.get(request["ApiId"])
    stage = api.stages.get(request["StageName"]) if api else None
    if stage is None:
        raise AwsError("NotFoundException", "Invalid stage identifier specified", 404)
    for member, attribute in _STAGE_SETTINGS.items():
        if member in request:
            setattr(stage, attribute, in_lower_camel(request[member]))
    stage.updated = datetime.now()  # noqa: DTZ005 - moto's own times of stages have no zone
    return {"ApiId": request["ApiId"], "StageName": stage.name}
