"""The console over HTTP: addresses, headers, errors. Thin: values come from `pages`, text from `rendering`.

Owns the addresses `/_console/<region>/<page>`, the same under `/_console/api` as JSON, and `/_console/static/<file>`;
and that nothing a page shows can run or reach elsewhere (its content security policy).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from workbench.local_aws.console.account import Account
    from workbench.local_aws.console.pages import Values

logger = logging.getLogger(__name__)

PREFIX = "/_console"

_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_LOCAL = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_NOT_THERE = ("ValidationError", "NoSuchConfigRuleException", "ResourceNotDiscoveredException")

Clients = Callable[[str, str], Any]
"""A client of a service in a region: `LocalAws.client`."""


class Console:
    """Serves the pages; `region` is shown where the address names none."""

    def __init__(self, clients: Clients, region: str) -> None:
        self._clients = clients
        self._region = region
        self._account = cache(self._new_account)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        response = self._respond(request)
        response.headers.extend(_HEADERS)
        response.add_etag()
        return response.make_conditional(request)(environ, start_response)

    def _respond(self, request: Request) -> Response:
        # A page elsewhere that makes its own name resolve to this computer must not read the console.
        if not _LOCAL.fullmatch(request.host):
            return Response("The console answers on this computer only.\n", 403)
        if request.method not in ("GET", "HEAD"):
            return Response("The console only reads.\n", 405, {"Allow": "GET, HEAD"})
        first, *rest = request.path.removeprefix(PREFIX).strip("/").split("/")
        if first == "static":
            return _static("/".join(rest))
        if first == "api":
            return self._show(request, rest, as_json=True)
        return self._show(request, [first, *rest], as_json=False)

    def _show(self, request: Request, parts: list[str], *, as_json: bool) -> Response:
        from workbench.local_aws.console import rendering

        if len(parts) != 2 or not _REGION.fullmatch(parts[0]):
            return self._elsewhere(request, parts, as_json=as_json)
        region, page = parts
        values, status = _values(self._account(region), page, request.args.to_dict())
        if as_json:
            return Response(rendering.json_text(values), status, content_type="application/json")
        shown, values = (page, values) if status == 200 else ("error", {**values, "status": status})
        html = rendering.page(shown, region, request.args.to_dict(), values)
        return Response(html, status, content_type="text/html; charset=utf-8")

    def _elsewhere(self, request: Request, parts: list[str], *, as_json: bool) -> Response:
        """Without a page, or with the region of the form on every page, to the stacks."""
        asked = request.args.get("region", "") or "".join(parts[:1])
        region = asked if _REGION.fullmatch(asked) else self._region
        api = "/api" if as_json else ""
        return Response(status=302, headers={"Location": f"{PREFIX}{api}/{region}/stacks"})

    def _new_account(self, region: str) -> Account:
        from workbench.local_aws.console.account import Account

        return Account(partial(self._client, region), region)

    def _client(self, region: str, service: str) -> Any:
        return self._clients(service, region)


def _values(account: Account, page: str, query: dict[str, str]) -> tuple[Values, int]:
    """The page's values, or the sentence that says why there are none."""
    from workbench.local_aws.console.pages import PAGES, NoSuchPageError

    if page not in PAGES:
        return {"message": f"There is no page {page}; there are {', '.join(PAGES)}."}, 404
    try:
        return PAGES[page](account, query), 200
    except NoSuchPageError as error:
        return {"message": str(error)}, 404
    except ClientError as error:
        status = 404 if error.response["Error"]["Code"] in _NOT_THERE else 502
        return {"message": error.response["Error"]["Message"]}, status
    except BotoCoreError as error:
        return {"message": str(error)}, 400
    except Exception as error:
        logger.exception("The console failed to show %s", page)
        return {"message": f"The console failed to show this page: {type(error).__name__}: {error}"}, 500


def _static(name: str) -> Response:
    from workbench.local_aws.console import rendering

    kind = rendering.STATIC.get(name)
    if kind is None:
        return Response("There is no such file.\n", 404)
    return Response(rendering.static(name), content_type=kind)
