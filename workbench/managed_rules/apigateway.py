"""Amazon API Gateway: REST APIs and their stages.

Owns the rules of version 1 stages. HTTP and WebSocket APIs: `apigatewayv2`.
"""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, managed_rule
from workbench.managed_rules.parameters import list_of
from workbench.managed_rules.properties import (
    Property,
    Unresolved,
    beside,
    compliant,
    first,
    judged,
    matched,
    non_compliant,
    not_applicable,
    read,
)
from workbench.resources import Resource

REST_API = "AWS::ApiGateway::RestApi"
METHOD = "AWS::ApiGateway::Method"
STAGE = "AWS::ApiGateway::Stage"
V2_API = "AWS::ApiGatewayV2::Api"
V2_STAGE = "AWS::ApiGatewayV2::Stage"
WEB_ACL_ASSOCIATIONS = ("AWS::WAFv2::WebACLAssociation", "AWS::WAFRegional::WebACLAssociation")
DEFAULT_ENDPOINT_TYPE = "EDGE"
LOGGING_LEVELS = ("ERROR", "INFO")


def api_gw_xray_enabled(stage: Resource, parameters: Parameters) -> Finding:
    """Active tracing with X-Ray is on.

    NON_COMPLIANT when tracing of the stage is off.

    Source: AWS Config Developer Guide, api-gw-xray-enabled.
    """
    tracing = read(stage, "TracingEnabled")
    return judged(tracing.flag(), f"Tracing is {'on' if tracing.flag() else 'off'}.", tracing)


def api_gw_execution_logging_enabled(stage: Resource, parameters: Parameters) -> Finding:
    """All methods log their execution.

    NON_COMPLIANT when a REST stage has no method settings or one of them logs at a level outside loggingLevel (ERROR
    and INFO when not given); a WebSocket stage likewise by its default route. HTTP APIs have no execution logging and
    are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, api-gw-execution-logging-enabled; Security Hub APIGateway.1.
    """
    levels = list_of(parameters, "loggingLevel") or LOGGING_LEVELS
    return _v2_logging(stage, levels) if stage.type == V2_STAGE else _rest_logging(stage, levels)


def _rest_logging(stage: Resource, levels: tuple[str, ...]) -> Finding:
    settings = read(stage, "MethodSettings")
    if not settings.is_set:
        return non_compliant("Execution logging is off.", settings)
    quiet = first(settings.items(), lambda item: item.get("LoggingLevel").text() not in levels)
    if quiet:
        level = quiet.get("LoggingLevel")
        return matched(f"The logging level of {_methods(quiet)}", level, level.text("OFF"), levels)
    return compliant("Execution logging is on.", settings)


def _methods(setting: Property) -> str:
    return f"{setting.get('HttpMethod').text('*')} {setting.get('ResourcePath').text('/*')}"


def _v2_logging(stage: Resource, levels: tuple[str, ...]) -> Finding:
    level = read(stage, "DefaultRouteSettings", "LoggingLevel")
    if level.text() in levels:
        return compliant("Execution logging is on.", level)
    api = first(beside(stage, V2_API), lambda _: True)
    if api is None:
        raise Unresolved("The API of the stage is not known, and HTTP APIs have no execution logging", level)
    if api.get("ProtocolType").text("HTTP") == "HTTP":
        return not_applicable("HTTP APIs have no execution logging.", api.get("ProtocolType"))
    return matched("The logging level of the default route", level, level.text("OFF"), levels)


def api_gw_cache_enabled_and_encrypted(stage: Resource, parameters: Parameters) -> Finding:
    """All methods are cached, and the cache is encrypted.

    NON_COMPLIANT when the stage has no cache cluster or no method settings, or when one of these does not cache or does
    not encrypt.

    Source: AWS Config Developer Guide, api-gw-cache-enabled-and-encrypted.
    """
    cluster, settings = read(stage, "CacheClusterEnabled"), read(stage, "MethodSettings")
    if not cluster.flag():
        return non_compliant("The stage has no cache.", cluster)
    if not settings.is_set:
        return non_compliant("No method is cached.", settings)
    for name, lack in (("CachingEnabled", "not cached"), ("CacheDataEncrypted", "cached without encryption")):
        lacking = first(settings.items(), lambda item, name=name: not item.get(name).flag())  # type: ignore[misc]
        if lacking:
            return non_compliant(f"{_methods(lacking)} is {lack}.", lacking.get(name))
    return compliant("All methods are cached, and the cache is encrypted.", settings)


def api_gw_associated_with_waf(stage: Resource, parameters: Parameters) -> Finding:
    """A web ACL protects the stage.

    NON_COMPLIANT without a web ACL of AWS WAF, or when it is not in WebAclArns. Associations of other stacks are not
    seen.

    Source: AWS Config Developer Guide, api-gw-associated-with-waf.
    """
    associations = beside(stage, *WEB_ACL_ASSOCIATIONS)
    if not associations:
        return non_compliant("The stage has no web ACL.", read(stage))
    acl = (
        associations[0].get("WebACLArn") if associations[0].get("WebACLArn").is_set else associations[0].get("WebACLId")
    )
    allowed = list_of(parameters, "WebAclArns")
    if allowed and acl.text() not in allowed:
        return non_compliant(f"The web ACL {acl.text()} is not in WebAclArns.", acl)
    return compliant("A web ACL protects the stage.", acl)


def api_gw_ssl_enabled(stage: Resource, parameters: Parameters) -> Finding:
    """The stage shows a client certificate to the backend.

    NOT_APPLICABLE when the API's integrations are of another type than HTTP, as with Lambda (AWS_PROXY). NON_COMPLIANT
    without a client certificate, or when it is not in CertificateIDs.

    Source: AWS Config Developer Guide, api-gw-ssl-enabled.
    """
    certificate = read(stage, "ClientCertificateId")
    kinds = _integration_types(stage)
    if kinds and first(kinds, lambda kind: kind.text().upper() == "HTTP") is None:
        return not_applicable(f"The API integrates with {kinds[0].text()}, not with HTTP.", kinds[0])
    if not certificate.is_set:
        return non_compliant("The stage has no client certificate.", certificate)
    allowed = list_of(parameters, "CertificateIDs")
    if allowed and certificate.text() not in allowed:
        return non_compliant(f"The certificate {certificate.text()} is not in CertificateIDs.", certificate)
    return compliant("The stage has a client certificate.", certificate)


def _integration_types(stage: Resource) -> list[Property]:
    apis = beside(stage, REST_API)
    if not apis:
        raise Unresolved("The API of the stage is not known, nor how it integrates", read(stage, "RestApiId"))
    for api in apis:
        if api.get("BodyS3Location").is_set:
            raise Unresolved("The definition of the API lies in S3", api.get("BodyS3Location"))
    methods = [method.get("Integration", "Type") for method in beside(stage, METHOD)]
    paths = [path for api in apis for _, path in api.get("Body").document().get("paths").entries()]
    operations = [operation for path in paths for _, operation in path.entries() if _is_operation(operation)]
    described = [operation.get("x-amazon-apigateway-integration", "type") for operation in operations]
    return [kind for kind in (*methods, *described) if kind.is_set]


def _is_operation(operation: Property) -> bool:
    return not isinstance(operation.value, list | str)


def api_gw_endpoint_type_check(api: Resource, parameters: Parameters) -> Finding:
    """The API has one of the expected endpoint types.

    NON_COMPLIANT when its type (EDGE when nothing is set) is not in endpointConfigurationTypes.

    Source: AWS Config Developer Guide, api-gw-endpoint-type-check.
    """
    types = read(api, "EndpointConfiguration", "Types")
    allowed = [name.upper() for name in list_of(parameters, "endpointConfigurationTypes")]
    found = [item.text().upper() for item in types.items()] or [DEFAULT_ENDPOINT_TYPE]
    strange = [name for name in found if name not in allowed]
    return matched("The endpoint type", types, (strange or found)[0], allowed)


def apigateway_stage_access_logs_enabled(stage: Resource, parameters: Parameters) -> Finding:
    """Access logs are on.

    NON_COMPLIANT when the stage has no access log settings.

    Source: AWS Config Developer Guide, apigateway-stage-access-logs-enabled.
    """
    settings = read(stage, "AccessLogSetting")
    return judged(settings.is_set, f"Access logs are {'on' if settings.is_set else 'off'}.", settings)


RULES = (
    managed_rule(api_gw_xray_enabled, STAGE),
    managed_rule(
        api_gw_execution_logging_enabled,
        STAGE,
        V2_STAGE,
        optional=("loggingLevel",),
        defaults={"loggingLevel": ",".join(LOGGING_LEVELS)},
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
    managed_rule(api_gw_cache_enabled_and_encrypted, STAGE),
    managed_rule(api_gw_associated_with_waf, STAGE, optional=("WebAclArns",)),
    managed_rule(api_gw_ssl_enabled, STAGE, optional=("CertificateIDs",), verdicts=JUDGED_OR_NOT_APPLICABLE),
    managed_rule(api_gw_endpoint_type_check, REST_API, required=("endpointConfigurationTypes",)),
    managed_rule(apigateway_stage_access_logs_enabled, STAGE),
)
