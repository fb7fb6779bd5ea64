"""What moto answers, in the protocol of the service: no page for people, no content type that fits nothing.

Owns what is wrong with a response. Which error takes its place is said in `errors`.
"""

from __future__ import annotations

import json

from werkzeug.wrappers import Response

from workbench.local_aws.front.request import Wanted
from workbench.local_aws.service import AwsError

_JSON_TYPES = {"json": "application/x-amz-json-1.1", "rest-json": "application/json"}
_SILENT = {
    403: AwsError("AccessDenied", "Access Denied", 403),
    404: AwsError("NoSuchKey", "The specified key does not exist.", 404),
    411: AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411),
    412: AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412),
    416: AwsError("InvalidRange", "The requested range is not satisfiable", 416),
}
# What services call errors that moto gives no name.
_NAMELESS = {"states": "InvalidDefinition"}
_UNTYPED = ("text/html", "text", "")
_SPEAKS_XML = ("query", "rest-xml")


def is_nothing(asked: Wanted, response: Response) -> bool:
    """Whether there is no route for the request: the page of a web server, or an error without a word."""
    if response.status_code < 400 or response.mimetype != "text/html" or _is_head(asked):
        return False
    body = response.get_data().lstrip()
    return body[:14].lower() == b"<!doctype html" or (not body and asked.service != "s3")


def misspoken(asked: Wanted, response: Response) -> AwsError | None:
    """The error that a response means, where it says so in no words or in those of another protocol."""
    if response.status_code < 400 or _is_head(asked):
        return None
    body = response.get_data()
    if asked.service == "s3":
        return None if body.startswith(b"<") else _SILENT.get(response.status_code)
    if body.startswith(b'{"__type": null'):
        return AwsError(_NAMELESS.get(asked.service, "ValidationException"), str(json.loads(body)["message"]))
    return _in_json(body, response.status_code) if asked.protocol in _SPEAKS_XML and body.startswith(b"{") else None


def _is_head(asked: Wanted) -> bool:
    """Whether the answer has no body in any case."""
    return asked.operation.startswith("HEAD ")


def _in_json(body: bytes, status: int) -> AwsError:
    told = json.loads(body)
    code = str(told.get("__type") or told.get("code") or "InvalidRequest").rpartition("#")[2]
    return AwsError(code, str(told.get("message") or told.get("Message") or ""), status)


def labelled(asked: Wanted, response: Response) -> Response:
    """With the type of a body that had none; an object of S3 may be of any."""
    if asked.service != "s3" and response.mimetype in _UNTYPED:
        first = response.get_data()[:1]
        if first in (b"{", b"["):
            response.content_type = _JSON_TYPES.get(asked.protocol, "application/json")
        elif first == b"<":
            response.content_type = "text/xml"
    return response
