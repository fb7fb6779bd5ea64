"""Which origins an HTTP API lets in, and what it tells them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from workbench.local_aws.gateway import cors
from workbench.local_aws.gateway.asked import Asked

SHOP = "https://shop.example"
ASKED = Asked("1", "eu-west-1", "abc", "GET", "/", (("Origin", SHOP),), (), "", b"", "::1", datetime.now(UTC), "id")
PREFLIGHT = replace(ASKED, method="OPTIONS", headers=(*ASKED.headers, ("Access-Control-Request-Method", "PUT")))


@pytest.mark.parametrize(
    ("origins", "answered"), [([SHOP], SHOP), (["*"], "*"), (["https://else.example"], None), ([], None)]
)
def test_only_an_allowed_origin_is_named(origins: list[str], answered: str | None) -> None:
    assert dict(cors.headers(ASKED, {"AllowOrigins": origins})).get("access-control-allow-origin") == answered


def test_a_request_without_an_origin_is_told_nothing() -> None:
    assert cors.headers(replace(ASKED, headers=()), {"AllowOrigins": ["*"]}) == ()


def test_a_preflight_request_is_told_what_it_may_send() -> None:
    allowed: dict[str, Any] = {"AllowOrigins": ["*"], "AllowMethods": ["GET", "PUT"], "AllowHeaders": ["x-a"]}
    told = dict(cors.headers(PREFLIGHT, {**allowed, "MaxAge": 0, "AllowCredentials": True}))
    assert cors.is_preflight(PREFLIGHT)
    assert (told["access-control-allow-methods"], told["access-control-allow-headers"]) == ("GET,PUT", "x-a")
    assert (told["access-control-max-age"], told["access-control-allow-credentials"]) == ("0", "true")


def test_another_request_is_told_of_no_methods() -> None:
    assert not cors.is_preflight(ASKED)
    assert "access-control-allow-methods" not in dict(
        cors.headers(ASKED, {"AllowOrigins": ["*"], "AllowMethods": ["GET"]})
    )
