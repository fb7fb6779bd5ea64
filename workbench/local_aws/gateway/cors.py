"""Cross-origin requests to HTTP APIs, as their CORS configuration allows them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.local_aws.gateway.asked import Asked

_LISTS = {
    "AllowHeaders": "access-control-allow-headers",
    "AllowMethods": "access-control-allow-methods",
}


def is_preflight(asked: Asked) -> bool:
    return asked.method == "OPTIONS" and bool(asked.header("access-control-request-method"))


def is_cors(name: str) -> bool:
    """Whether a header is one that the API answers in place of its function."""
    return name.lower().startswith("access-control-")


def headers(asked: Asked, configuration: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What the answer to this origin carries; nothing for one that is not allowed."""
    origin, origins = asked.header("origin"), configuration.get("AllowOrigins") or []
    if not origin or not {"*", origin} & set(origins):
        return ()
    found = {"access-control-allow-origin": "*" if "*" in origins else origin}
    if configuration.get("AllowCredentials"):
        found["access-control-allow-credentials"] = "true"
    if configuration.get("ExposeHeaders"):
        found["access-control-expose-headers"] = ",".join(configuration["ExposeHeaders"])
    return tuple((found | (_preflight(configuration) if is_preflight(asked) else {})).items())


def _preflight(configuration: Mapping[str, Any]) -> dict[str, str]:
    lists = {name: ",".join(configuration[key]) for key, name in _LISTS.items() if configuration.get(key)}
    age = configuration.get("MaxAge")
    return lists | ({"access-control-max-age": str(age)} if age is not None else {})
