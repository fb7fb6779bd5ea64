"""An issuer of JSON Web Tokens on this machine, with its keys published."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey


@dataclass(frozen=True)
class Issuer:
    """Signs tokens."""

    url: str
    key: RSAKey

    def token(self, **claims: Any) -> str:
        """A token that is valid for a minute, unless the claims say otherwise."""
        given = {"iss": self.url, "aud": "shop", "exp": int(time.time()) + 60, "sub": "anna", **claims}
        return jwt.encode({"alg": "RS256", "kid": self.key.kid or ""}, given, self.key)


@contextmanager
def issuer() -> Iterator[Issuer]:
    key = RSAKey.generate_key(2048, auto_kid=True)

    class Documents(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
            keys = KeySet([key]).as_dict(private=False)
            document = keys if self.path == "/keys" else {"issuer": url, "jwks_uri": f"{url}/keys"}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(document).encode())

        def log_message(self, *_: object) -> None:
            """Nothing is written."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Documents) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Issuer(f"http://127.0.0.1:{server.server_port}", key)
        server.shutdown()
