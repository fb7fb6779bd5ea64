"""Amazon API Gateway: HTTP and WebSocket APIs, and custom domain names.

Owns the rules of version 2 stages, routes and integrations.
"""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, Trigger, managed_rule
from workbench.managed_rules.parameters import list_of, text_of
from workbench.managed_rules.properties import judged, matched, non_compliant, not_applicable, read
from workbench.resources import Resource

STAGE = "AWS::ApiGatewayV2::Stage"
ROUTE = "AWS::ApiGatewayV2::Route"
INTEGRATION = "AWS::ApiGatewayV2::Integration"
DOMAIN_NAME = "AWS::ApiGateway::DomainName"
DEFAULT_SECURITY_POLICY = "TLS_1_2"


def api_gwv2_access_logs_enabled(stage: Resource, parameters: Parameters) -> Finding:
    """Access logs are on.

    NON_COMPLIANT when the stage has no access log settings.

    Source: AWS Config Developer Guide, api-gwv2-access-logs-enabled.
    """
    settings = read(stage, "AccessLogSettings")
    return judged(settings.is_set, f"Access logs are {'on' if settings.is_set else 'off'}.", settings)


def api_gwv2_stage_default_route_detailed_metrics_enabled(stage: Resource, parameters: Parameters) -> Finding:
    """Routes publish detailed metrics by default.

    NON_COMPLIANT when detailed metrics of the default route are off, as when nothing is set.

    Source: AWS Config Developer Guide, api-gwv2-stage-default-route-detailed-metrics-enabled.
    """
    metrics = read(stage, "DefaultRouteSettings", "DetailedMetricsEnabled")
    return judged(metrics.flag(), f"Detailed metrics are {'on' if metrics.flag() else 'off'}.", metrics)


def api_gwv2_authorization_type_configured(route: Resource, parameters: Parameters) -> Finding:
    """Requests to the route are authorized.

    NON_COMPLIANT when the authorization type is NONE, as when nothing is set, or another than authorizationType.

    Source: AWS Config Developer Guide, api-gwv2-authorization-type-configured.
    """
    kind, wanted = read(route, "AuthorizationType"), text_of(parameters, "authorizationType")
    found = kind.text("NONE")
    if wanted:
        return matched("The authorization type", kind, found, (wanted,))
    return judged(found != "NONE", f"The authorization type is {found}.", kind)


def apigatewayv2_integration_private_https_enabled(integration: Resource, parameters: Parameters) -> Finding:
    """The way to a private backend is encrypted.

    NON_COMPLIANT when an integration through a VPC link has no TLS configuration. Public integrations are
    NOT_APPLICABLE.

    Source: AWS Config Developer Guide, apigatewayv2-integration-private-https-enabled; Security Hub APIGateway.10.
    """
    connection, tls = read(integration, "ConnectionType"), read(integration, "TlsConfig")
    if connection.text("INTERNET") != "VPC_LINK":
        return not_applicable("The integration is public.", connection)
    return judged(tls.is_set, f"The private integration has {'a' if tls.is_set else 'no'} TLS configuration.", tls)


def apigateway_domain_name_tls_check(domain: Resource, parameters: Parameters) -> Finding:
    """The domain name accepts TLS 1.2 or higher only.

    NON_COMPLIANT when the security policy is TLS_1_0, or not in allowedSecurityPolicies.

    Source: AWS Config Developer Guide, apigateway-domain-name-tls-check.
    """
    policy, allowed = read(domain, "SecurityPolicy"), list_of(parameters, "allowedSecurityPolicies")
    found = policy.text(DEFAULT_SECURITY_POLICY)
    if allowed and found not in allowed:
        return non_compliant(f"The security policy {found} is not in allowedSecurityPolicies.", policy)
    return judged(found != "TLS_1_0", f"The security policy is {found}.", policy)


RULES = (
    managed_rule(api_gwv2_access_logs_enabled, STAGE),
    managed_rule(api_gwv2_stage_default_route_detailed_metrics_enabled, STAGE),
    managed_rule(
        api_gwv2_authorization_type_configured, ROUTE, trigger=Trigger.PERIODIC, optional=("authorizationType",)
    ),
    managed_rule(apigatewayv2_integration_private_https_enabled, INTEGRATION, verdicts=JUDGED_OR_NOT_APPLICABLE),
    managed_rule(apigateway_domain_name_tls_check, DOMAIN_NAME, optional=("allowedSecurityPolicies",)),
)
