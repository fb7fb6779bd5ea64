"""What a REST API answers by itself: its gateway responses, with AWS's words unless the API has its own. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.local_aws.gateway.answers import JSON, Answer, compact
from workbench.local_aws.gateway.mapping import Values, parameters
from workbench.local_aws.gateway.templates import rendered

_HEADER = "gatewayresponse.header."


@dataclass(frozen=True)
class _Kind:
    status: int
    message: str | None
    error: str
    key: str = "message"


KINDS: Mapping[str, _Kind] = {
    "ACCESS_DENIED": _Kind(403, "User is not authorized to access this resource", "AccessDeniedException", "Message"),
    "API_CONFIGURATION_ERROR": _Kind(500, "Internal server error", "InternalServerErrorException"),
    "AUTHORIZER_CONFIGURATION_ERROR": _Kind(500, None, "AuthorizerConfigurationException"),
    "AUTHORIZER_FAILURE": _Kind(500, None, "AuthorizerConfigurationException"),
    "BAD_REQUEST_BODY": _Kind(400, "Invalid request body", "BadRequestException"),
    "BAD_REQUEST_PARAMETERS": _Kind(400, "Missing required request parameters", "BadRequestException"),
    "DEFAULT_5XX": _Kind(502, "Internal server error", "InternalServerErrorException"),
    "INTEGRATION_FAILURE": _Kind(504, "Network error communicating with endpoint", "InternalServerErrorException"),
    "INTEGRATION_TIMEOUT": _Kind(504, "Endpoint request timed out", "InternalServerErrorException"),
    "INVALID_API_KEY": _Kind(403, "Forbidden", "ForbiddenException"),
    "MISSING_AUTHENTICATION_TOKEN": _Kind(403, "Missing Authentication Token", "MissingAuthenticationTokenException"),
    "QUOTA_EXCEEDED": _Kind(429, "Limit Exceeded", "LimitExceededException"),
    "REQUEST_TOO_LARGE": _Kind(413, "HTTP content length exceeded 10485760 bytes.", "RequestEntityTooLargeException"),
    "UNAUTHORIZED": _Kind(401, "Unauthorized", "UnauthorizedException"),
    "UNSUPPORTED_MEDIA_TYPE": _Kind(415, "Unsupported Media Type", "BadRequestException"),
}


class Refused(Exception):
    """The API answers by itself, with the gateway response of a `kind`; `message` is other than AWS's usual one."""

    def __init__(self, kind: str, message: str | None = None) -> None:
        self.kind = kind
        self.message = message or KINDS[kind].message
        super().__init__(self.message)


@dataclass(frozen=True)
class Custom:
    """What an API has of gateway responses of its own, and the values that those may name."""

    responses: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    values: Values = field(default_factory=Values)


def answer(refused: Refused, custom: Custom) -> Answer:
    kind = KINDS[refused.kind]
    family = "DEFAULT_4XX" if kind.status < 500 else "DEFAULT_5XX"
    own = custom.responses.get(refused.kind) or custom.responses.get(family) or {}
    values = custom.values.having(error=_error(refused))
    headers = parameters(own.get("responseParameters") or {}, _HEADER, values)
    template = (own.get("responseTemplates") or {}).get("application/json")
    body = rendered(template, values).text if template else compact({kind.key: refused.message})
    status = int(own.get("statusCode") or kind.status)
    return Answer(status, body.encode(), (JSON, ("x-amzn-ErrorType", kind.error), *headers.items()))


def _error(refused: Refused) -> Mapping[str, Any]:
    return {
        "message": refused.message,
        "messageString": json.dumps(refused.message),
        "responseType": refused.kind,
        "validationErrorString": refused.message,
    }
