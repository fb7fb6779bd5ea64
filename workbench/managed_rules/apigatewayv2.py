"""Amazon API Gateway: HTTP and WebSocket APIs.

Owns the rules of version 2 stages and routes.
"""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, managed_rule
from workbench.managed_rules.properties import judged, read
from workbench.resources import Resource

STAGE = "AWS::ApiGatewayV2::Stage"


def api_gwv2_access_logs_enabled(stage: Resource, parameters: Parameters) -> Finding:
    """Access logs are on.

    NON_COMPLIANT when the stage has no access log settings.

    Source: AWS Config Developer Guide, api-gwv2-access-logs-enabled.
    """
    settings = read(stage, "AccessLogSettings")
    return judged(settings.is_set, f"Access logs are {'on' if settings.is_set else 'off'}.", settings)


RULES = (managed_rule(api_gwv2_access_logs_enabled, STAGE),)
