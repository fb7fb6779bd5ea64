"""The one HTTP endpoint: own operations first, moto for the rest, AWS's own kind of error for what neither has.

Owns which of the two answers a request. What is answered belongs to the services.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from moto.backends import list_of_moto_modules
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.request import Request
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.wrappers import Response

from workbench.local_aws.front import addressing, cbor, errors, protocol
from workbench.local_aws.front.door import at_door
from workbench.local_aws.front.object_parts import is_unknown_part
from workbench.local_aws.front.plain_errors import plain_error
from workbench.local_aws.front.replies import is_nothing, labelled, misspoken
from workbench.local_aws.front.request import Wanted, body_of, give_body, is_form, wanted
from workbench.local_aws.persistence.gate import Gate
from workbench.local_aws.service import (
    AwsError,
    Call,
    RequestContext,
    installed_services,
    is_exclusive,
    mounted_at,
    notify,
    operations_of,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

logger = logging.getLogger(__name__)


class Endpoint:
    """The WSGI application of the whole local AWS."""

    def __init__(self) -> None:
        self.gate = Gate()
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._known: dict[str, bool] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        page = mounted_at(environ["PATH_INFO"], environ.get("HTTP_HOST", ""))
        if page:
            return page(environ, start_response)
        return self._answer(environ)(environ, start_response)

    def _answer(self, environ: WSGIEnvironment) -> Response:
        try:
            asked = wanted(environ)
            in_cbor = cbor.operation_of(environ, asked.service)
            if in_cbor:
                return self._answer_in_cbor(environ, in_cbor)
            response = at_door(environ) or _own_answer(environ, asked) or self._moto_answer(environ, asked)
        except OSError as error:
            return plain_error("json", AwsError("IncompleteBody", f"The request body cannot be read: {error}"))
        if response.status_code < 400:
            notify(Call(asked.service, asked.operation, asked.region, asked.writes))
        return response

    def _answer_in_cbor(self, environ: WSGIEnvironment, operation: Any) -> Response:
        try:
            cbor.ask_in_json(environ, operation)
        except AwsError as error:
            return plain_error("cbor", error)
        return cbor.answer_in_cbor(self._answer(environ), operation)

    def _moto_answer(self, environ: WSGIEnvironment, asked: Wanted) -> Response:
        # Objects of S3 are large, and their requests are told apart without a look into the body.
        body = b"" if asked.service == "s3" else body_of(environ)
        try:
            if asked.protocol == "cbor" or is_unknown_part(asked, environ) or not self._is_known(environ, asked):
                return _not_implemented(environ, asked, body)
            response = self._ask_moto(environ, asked)
        except Exception as error:
            logger.debug("moto failed on %s", asked, exc_info=True)
            return _stumbled(environ, asked, body, error)
        if is_nothing(asked, response):
            return _not_implemented(environ, asked, body)
        told = misspoken(asked, response)
        return _stumbled(environ, asked, body, told) if told else labelled(asked, response)

    def _ask_moto(self, environ: WSGIEnvironment, asked: Wanted) -> Response:
        if asked.service == "s3" and environ["REQUEST_METHOD"] == "PUT" and is_form(environ):
            # urllib and curl call any body a form, and moto would take the object for one.
            environ["CONTENT_TYPE"] = "binary/octet-stream"
        with self.gate.passed():
            return Response.from_app(self._moto, environ)

    def _is_known(self, environ: WSGIEnvironment, asked: Wanted) -> bool:
        """Whether moto has the service at all; otherwise it would print a complaint."""
        if asked.service not in self._known:
            host = self._moto.infer_service_region_host(environ, environ["PATH_INFO"]) or "s3.amazonaws.com"
            patterns = (pattern for _, pattern in self._moto.backend_url_patterns)
            matches = any(pattern.match(f"https://{host}") for pattern in patterns)
            self._known[asked.service] = matches or host in list_of_moto_modules()
        return self._known[asked.service]


def _own_answer(environ: WSGIEnvironment, asked: Wanted) -> Response | None:
    services = [name for name in installed_services() if name in addressing.services(asked.service)]
    if not services:
        return None
    body = body_of(environ)
    for service in services:
        addressed = protocol.address(service, _request(environ, body))
        if addressed and addressed.name in operations_of(service):
            return _perform(addressed, _request(environ, body), asked)
        if is_exclusive(service):
            return errors.not_implemented(asked, addressed)
    give_body(environ, body)
    return None


def _request(environ: WSGIEnvironment, body: bytes) -> Any:
    """A fresh request on the same environment, with the body yet to be read."""
    give_body(environ, body)
    return Request(environ)


def _perform(addressed: protocol.Addressed, request: Any, asked: Wanted) -> Response:
    operation = operations_of(addressed.service)[addressed.name]
    context = RequestContext(DEFAULT_ACCOUNT_ID, asked.region, request.host_url.rstrip("/"))
    try:
        return protocol.success(addressed, operation(protocol.parameters(addressed, request), context))
    except Exception as error:
        logger.debug("%s:%s failed", addressed.service, addressed.name, exc_info=True)
        return errors.stumbled(asked, addressed, request, error)


def _not_implemented(environ: WSGIEnvironment, asked: Wanted, body: bytes) -> Response:
    return errors.not_implemented(asked, addressing.addressed(asked.service, _request(environ, body)))


def _stumbled(environ: WSGIEnvironment, asked: Wanted, body: bytes, error: Exception) -> Response:
    addressed = addressing.addressed(asked.service, _request(environ, body))
    return errors.stumbled(asked, addressed, _request(environ, body), error)
