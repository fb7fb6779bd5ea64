"""HTTP and HTTPS on one port: addresses that begin with https, as outputs of stacks do, are answered as they stand.

The certificate is made when it is first needed and signed by nobody: clients have to be told not to verify it.
"""

from __future__ import annotations

import io
import socket
import ssl
import threading
from functools import cache
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import generate_adhoc_ssl_context

_HANDSHAKE = b"\x16"  # how every TLS connection begins, and no request of HTTP
_making = threading.Lock()


class RequestHandler(MotoRequestHandler):  # type: ignore[misc]
    """Handles one connection, encrypted or not."""

    request: Any

    def setup(self) -> None:
        try:
            if self.request.recv(1, socket.MSG_PEEK) == _HANDSHAKE:
                self.request = _context().wrap_socket(self.request, server_side=True)
            super().setup()
        except OSError:
            # The client turned the certificate down, or went away.
            self.connection, self.rfile, self.wfile = self.request, io.BytesIO(), io.BytesIO()

    def make_environ(self) -> Any:
        """With the headers that have underscores in their names, too: IAM Identity Center's token is one."""
        environ = super().make_environ()
        named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items() if "_" in name}
        return {**named, **environ}

    def finish(self) -> None:
        super().finish()
        if isinstance(self.request, ssl.SSLSocket):
            # The server would close the socket that was there before.
            self.request.close()


def _context() -> ssl.SSLContext:
    with _making:
        return _made()


@cache
def _made() -> ssl.SSLContext:
    return generate_adhoc_ssl_context()
