"""What knocks at the endpoint and is no client of AWS: a person's browser, a request to a host that cannot be.

Whoever opens the bare address is led to the console. moto's own pages, which would change what it holds at the word of
any page in a browser, are not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from workbench.local_aws.console import PREFIX as CONSOLE
from workbench.local_aws.front.plain_errors import plain_error
from workbench.local_aws.service import AwsError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_CLOSED = ("/moto-api", "/favicon.ico")


def at_door(environ: WSGIEnvironment) -> Response | None:
    """The answer to a browser, and to who names no host; None for everyone else."""
    if not _is_host(environ.get("HTTP_HOST", "")):
        return plain_error("rest-xml", AwsError("InvalidURI", "The Host header does not name a host."))
    path = environ["PATH_INFO"]
    if path.startswith(_CLOSED):
        return plain_error("rest-xml", AwsError("NoSuchBucket", "The specified bucket does not exist", 404))
    if path == "/" and environ["REQUEST_METHOD"] == "GET" and _is_browser(environ):
        return Response(status=302, headers={"Location": CONSOLE})
    return None


def _is_host(name: str) -> bool:
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return True


def _is_browser(environ: WSGIEnvironment) -> bool:
    return "text/html" in environ.get("HTTP_ACCEPT", "") and "HTTP_AUTHORIZATION" not in environ
