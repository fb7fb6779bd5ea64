"""Function URLs over HTTP: a function answers by itself, in payload format 2.0.

`FunctionUrls` is the WSGI application. It serves `/_aws/lambda-url/<url id>/<path>`, and every path when the Host is
`<url id>.lambda-url.<anything>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from workbench.local_aws.functions.permissions import statements_about
from workbench.local_aws.gateway import answers, cors, url_configs
from workbench.local_aws.gateway.answers import Answer
from workbench.local_aws.gateway.asked import Asked, addressed, asked
from workbench.local_aws.gateway.events import Route, payload_2
from workbench.local_aws.gateway.integration import Client, invoke
from workbench.local_aws.gateway.policies import Access, admits, effect
from workbench.local_aws.gateway.signatures import caller

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/_aws/lambda-url/"
HOST = re.compile(r"(?P<id>[a-z0-9]+)\.lambda-url\.")

_AUTH = "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"
_FORBIDDEN = answers.error(
    403,
    f"Forbidden. For troubleshooting Function URL authorization issues, see: {_AUTH}",
    "AccessDeniedException",
    "Message",
)
_UNKNOWN = answers.error(403, "Forbidden", "AccessDeniedException", "Message")
_FAILED = Answer(502, b"Internal Server Error", (("Content-Type", "application/octet-stream"),))
# Since October 2025 a caller needs both.
_ACTIONS = ("lambda:InvokeFunctionUrl", "lambda:InvokeFunction")
_LONGEST = 900.0


class FunctionUrls:
    """Serves the function URLs of an account."""

    def __init__(self, account: str, clients: Callable[[str, str], Any]) -> None:
        self._account = account
        self._clients = clients

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        answer = self._answer(request)
        return Response(answer.body, answer.status, list(answer.headers))(environ, start_response)

    def _answer(self, request: Request) -> Answer:
        url_id, path = addressed(request, HOST, PREFIX)
        found = url_configs.find(self._account, url_id)
        if found is None:
            return _UNKNOWN
        region, config = found
        where = replace(asked(request, self._account, region, url_id, path), host=config["FunctionUrl"].split("/")[2])
        return serve(where, config, partial(self._client, region))

    def _client(self, region: str, service: str) -> Any:
        return self._clients(service, region)


def serve(asked: Asked, config: Mapping[str, Any], client: Client) -> Answer:
    allowed = cors.headers(asked, config.get("Cors") or {})
    if allowed and cors.is_preflight(asked):
        return Answer(200, b"", allowed)
    answer = _answered(asked, config, client)
    own = tuple(header for header in answer.headers if not (allowed and cors.is_cors(header[0])))
    return replace(answer, headers=own + allowed)


def _answered(asked: Asked, config: Mapping[str, Any], client: Client) -> Answer:
    known = caller(asked)
    is_signed = config["AuthType"] == "AWS_IAM"
    if (is_signed and not known) or (not is_signed and not _is_public(asked.account, config["FunctionArn"])):
        return _FORBIDDEN if not is_signed else _UNKNOWN
    identity = {"iam": dict(known)} if is_signed and known else {}
    route = Route("$default", asked.path, "$default", {}, {}, key="$default", authorizer=identity)
    shown = asked if is_signed else replace(asked, account="anonymous")
    outcome = invoke(client, config["FunctionArn"], payload_2(shown, route), _LONGEST)
    return _FAILED if outcome.failure else answers.of_http(outcome.payload, "application/json")


def _is_public(account: str, function: str) -> bool:
    """Whether the function's policy lets everyone in who comes by its URL."""
    public = [statement for statement in statements_about(account, function) if admits(statement, "*")]
    context = {"lambda:functionurlauthtype": "NONE", "lambda:invokedviafunctionurl": "true"}
    return all(effect({"Statement": public}, Access(action, function, context)) == "Allow" for action in _ACTIONS)
