"""Parameter mapping of HTTP APIs: headers, query parameters and the path of a request, changed on its way. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from workbench.local_aws.gateway.forwarding import Forwarded
from workbench.local_aws.gateway.mapping import Values, value

_REFERENCE = re.compile(r"\$\{?((?:request|context|stageVariables)\.[\w.-]+)\}?")


def changed(request: Forwarded, mappings: Mapping[str, Any], values: Values) -> Forwarded:
    """The request with `append:`, `overwrite:` and `remove:` done to its parts."""
    for key, expression in mappings.items():
        action, _, target = key.partition(":")
        place, _, name = target.partition(".")
        text = _REFERENCE.sub(lambda found: value(found[1], values) or "", str(expression))
        request = _with(request, (action, place, name), text)
    return request


def _with(request: Forwarded, change: tuple[str, str, str], text: str) -> Forwarded:
    action, place, name = change
    if place == "path":
        return replace(request, url=urlunsplit(urlsplit(request.url)._replace(path=text)))
    pairs = request.headers if place == "header" else request.query
    kept = pairs if action == "append" else tuple(pair for pair in pairs if pair[0].lower() != name.lower())
    added = kept if action == "remove" else (*kept, (name, text))
    return replace(request, headers=added) if place == "header" else replace(request, query=added)
