"""AWS's own kind of error for requests that nobody implements or that fail unexpectedly; never an HTML page."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

from workbench.local_aws.request import Wanted


def unexpected(asked: Wanted, error: Exception) -> Response:
    """The answer to a request that moto refused to handle or stumbled over."""
    if isinstance(error, NotImplementedError):
        return not_implemented(asked)
    message = f"{asked.service}:{asked.operation} failed in the local AWS: {type(error).__name__}: {error}"
    return _response(asked, "InternalFailure", message, 500)


def not_found_page(asked: Wanted, response: Response) -> Response | None:
    """The error to send in place of an HTML page: moto has no route for the request."""
    if response.status_code not in (404, 405) or asked.service == "s3" or response.mimetype != "text/html":
        return None
    return not_implemented(asked)


def not_implemented(asked: Wanted) -> Response:
    """Names the operation that is missing."""
    message = f"The local AWS does not implement {asked.service}:{asked.operation}."
    return _response(asked, "NotImplemented", message, 501)


def _response(asked: Wanted, code: str, message: str, status: int) -> Response:
    if asked.protocol == "query":
        body = f"<ErrorResponse><Error><Type>Sender</Type>{_xml(code, message)}</Error></ErrorResponse>"
        return Response(body, status, content_type="text/xml")
    if asked.protocol == "rest-xml":
        return Response(f"<Error>{_xml(code, message)}</Error>", status, content_type="application/xml")
    body = json.dumps({"__type": code, "message": message})
    return Response(body, status, {"x-amzn-errortype": code}, content_type="application/x-amz-json-1.1")


def _xml(code: str, message: str) -> str:
    return f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
