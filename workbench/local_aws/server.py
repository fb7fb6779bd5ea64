"""The server of the local AWS: one endpoint on 127.0.0.1 in a thread, its clients, its options.

Owns the life of the server; what it serves is said in `wiring`. moto's state is global to the process, so there is
one `LocalAws` at a time; each starts empty.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import boto3
from botocore.config import Config
from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from werkzeug.serving import BaseWSGIServer, make_server

from workbench.local_aws import resetting, service
from workbench.local_aws.config import ConfigOptions
from workbench.local_aws.front.endpoint import Endpoint
from workbench.local_aws.front.tls import RequestHandler
from workbench.local_aws.persistence import Keeper
from workbench.local_aws.services import ServiceOptions, Services
from workbench.local_aws.wiring import wire


@dataclass(frozen=True)
class Options:
    """How the local AWS behaves.

    Attributes:
        port: where it listens on 127.0.0.1; 0 takes a free port.
        region: of clients that name none.
        recording_delay: seconds between a change of a resource and Config's evaluation of it.
        minute: how many seconds a minute takes in deployments, time limits and retries.
        hour: how many seconds an hour takes between two runs of a schedule or of a periodic Config rule.
        recorder: whether AWS Config records from the start, as in an account that uses it.
        hook_timeout: seconds that a deployment's hook or a custom resource may take to answer, an hour on AWS.
        log_requests: writes one line a request to stderr.
        data: the folder where the state is kept over restarts; None keeps it for the life of the server.
    """

    port: int = 0
    region: str = "eu-west-1"
    recording_delay: float = 2.0
    minute: float = 0.1
    hour: float = 3600.0
    recorder: bool = True
    hook_timeout: float = 3600.0
    log_requests: bool = False
    data: Path | None = None


class LocalAws:
    """A running local AWS, for use in a `with` statement."""

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._server: BaseWSGIServer | None = None
        self._app = Endpoint()
        self._services: Services | None = None
        self._keeper = Keeper(self.options.data, self._app.gate) if self.options.data else None
        self._changing = threading.Lock()
        self._session = boto3.Session("test", "test", region_name=self.options.region)
        self._session_lock = threading.Lock()
        self._cached_client = cache(self._new_client)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        if self._server is None:
            raise RuntimeError("The local AWS is not running; start it first.")
        return f"http://127.0.0.1:{self._server.port}"

    def start(self) -> None:
        """Raises OSError when the port is taken, UserError when the data folder cannot be used."""
        with ExitStack() as undo:
            undo.callback(self._release)
            if self._keeper:
                self._keeper.open()
            handler = RequestHandler if self.options.log_requests else _QuietRequestHandler
            port = self.options.port
            self._server = make_server("127.0.0.1", port, self._app, threaded=True, request_handler=handler)
            self._begin()
            if self._keeper:
                self._keeper.start()
            threading.Thread(target=self._server.serve_forever, name="local-aws", daemon=True).start()
            undo.pop_all()

    def stop(self) -> None:
        """Raises OSError when the state cannot be saved; everything has ended nevertheless."""
        if self._server is None:
            return
        self._server.shutdown()
        try:
            if self._keeper:
                self._keeper.save()
        finally:
            self._release()

    def reset(self) -> None:
        """Ends all that runs and forgets all state; everything begins anew, at the same address."""
        with self._changing:
            self._end()
            self._begin()

    def _begin(self) -> None:
        BackendDict.reset()
        reset_model_data()
        self._services = wire(self._app, self.url, self._service_options(), self.options.region)
        service.mount(resetting.PATH, resetting.Page(self.reset))
        if self._keeper:
            self._keeper.restore(self._services.parts, self.url)
            service.observe(self._keeper.observe)
        self._services.start()

    def _end(self) -> None:
        if self._services:
            self._services.close()
            self._services = None
        service.uninstall_all()

    def _release(self) -> None:
        with self._changing:
            self._end()
            if self._server:
                self._server.server_close()
                self._server = None
            self._cached_client.cache_clear()
            if self._keeper:
                self._keeper.close()

    def _service_options(self) -> ServiceOptions:
        options = self.options
        config = ConfigOptions(options.recording_delay, options.minute, options.hour, options.recorder)
        return ServiceOptions(config, options.minute, options.hour, options.hook_timeout)

    def client(self, service_name: str, region: str | None = None) -> Any:
        """A boto3 client of this endpoint, with dummy credentials; one per service and region, safe across threads."""
        with self._session_lock:
            return self._cached_client(service_name, region or self.options.region)

    def _new_client(self, service_name: str, region: str) -> Any:
        config = Config(retries={"mode": "standard", "total_max_attempts": 1}, s3={"addressing_style": "path"})
        create: Any = self._session.client
        return create(service_name, region_name=region, endpoint_url=self.url, config=config)


class _QuietRequestHandler(RequestHandler):
    """Writes no line a request."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - named so by werkzeug
        """Nothing is written."""
