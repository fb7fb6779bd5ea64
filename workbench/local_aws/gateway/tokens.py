"""JSON Web Tokens: whether one is its issuer's, is still valid, and what it claims.

Signatures are checked with the keys of the local user pools, and with those that an issuer on this machine publishes.
An issuer elsewhere is never asked: of its tokens the claims alone are looked at.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import urllib3
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey
from moto.core import DEFAULT_ACCOUNT_ID

logger = logging.getLogger(__name__)
_HERE = ("127.0.0.1", "::1", "localhost")
_ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]


class BadToken(Exception):
    """The token is not good; `public` is what the caller is told, if anything."""

    def __init__(self, reason: str, public: str | None = None) -> None:
        super().__init__(reason)
        self.public = public


def of_user_pools(token: str, pool_arns: Iterable[str]) -> Mapping[str, Any]:
    """The claims of a token of one of these user pools; raises `BadToken`."""
    issuers = {_issuer(arn) for arn in pool_arns}
    claims = _claims(token.removeprefix("Bearer "))
    if claims.get("iss") not in issuers:
        raise BadToken("the token is not of the user pool")
    return _verified(token.removeprefix("Bearer "), claims)


def of_issuer(token: str, issuer: str, audience: Iterable[str]) -> Mapping[str, Any]:
    """The claims of an issuer's token for one of the audience; raises `BadToken`."""
    claims = _claims(token)
    if claims.get("iss") != issuer:
        raise BadToken("the iss claim does not match the issuer")
    given = claims.get("aud") or claims.get("client_id")
    if not set(given if isinstance(given, list) else [given]) & set(audience):
        raise BadToken("the aud claim is not in the audience")
    return _verified(token, claims)


def is_in_scope(claims: Mapping[str, Any], wanted: Iterable[str]) -> bool:
    """Whether the token has one of the scopes, if there are any."""
    scopes = set(wanted)
    given = claims.get("scope") or claims.get("scp") or ""
    return not scopes or bool(scopes & set(given.split() if isinstance(given, str) else given))


def _issuer(pool_arn: str) -> str:
    region, pool = pool_arn.split(":")[3], pool_arn.rpartition("/")[2]
    return f"https://cognito-idp.{region}.amazonaws.com/{pool}"


def _claims(token: str) -> Mapping[str, Any]:
    """What the token claims, signed or not."""
    try:
        claims = json.loads(jws.extract_compact(token.encode()).payload)
    except (JoseError, ValueError) as error:
        raise BadToken("the token is malformed") from error
    return claims if isinstance(claims, dict) else {}


def _verified(token: str, claims: Mapping[str, Any]) -> Mapping[str, Any]:
    keys = _keys(str(claims["iss"]))
    try:
        if keys:
            jwt.decode(token, keys, algorithms=_ALGORITHMS)
    except (JoseError, ValueError) as error:
        raise BadToken("the signature does not match") from error
    now = time.time()
    if float(claims.get("exp", 0)) <= now:
        raise BadToken("the token has expired", "The incoming token has expired")
    if float(claims.get("nbf", 0)) > now:
        raise BadToken("the token is not valid yet")
    return claims


def _keys(issuer: str) -> Any | None:
    url = urlsplit(issuer)
    if (url.hostname or "").startswith("cognito-idp."):
        return _pool_key(str(url.hostname).split(".")[1], url.path.strip("/"))
    if url.hostname in _HERE:
        return _published(issuer)
    logger.warning("The signature of a token of %s is not checked: its keys are not on this machine", issuer)
    return None


def _pool_key(region: str, pool_id: str) -> Any:
    from moto.cognitoidp.models import cognitoidp_backends

    pool = cognitoidp_backends[DEFAULT_ACCOUNT_ID][region].user_pools.get(pool_id)
    if pool is None:
        raise BadToken("there is no such user pool")
    key = pool.json_web_key
    # moto's key is for encryption by its own account.
    return RSAKey.import_key({name: part for name, part in key.as_dict(private=False).items() if name != "use"})


def _published(issuer: str) -> KeySet:
    """The keys that an issuer on this machine publishes."""
    try:
        described = urllib3.request("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration", timeout=5).json()
        return KeySet.import_key_set(urllib3.request("GET", described["jwks_uri"], timeout=5).json())
    except (urllib3.exceptions.HTTPError, ValueError, KeyError) as error:
        raise BadToken("the issuer's keys cannot be had") from error
