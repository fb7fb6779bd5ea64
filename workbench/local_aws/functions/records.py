"""moto's function records, completed: the properties that moto forgets, version numbers that never repeat, and an
`invoke` that really runs.

Owns the one place where moto is changed: `complete_records` makes moto build our record class. So every way in which
moto itself invokes a function (SNS, SQS, log subscriptions) runs it, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from moto.awslambda import models

from workbench.local_aws.functions import code_page
from workbench.local_aws.functions.limits import check_limits
from workbench.local_aws.timestamps import with_offset

_KEPT = ("DeadLetterConfig", "FileSystemConfigs", "LoggingConfig", "SnapStart", "DurableConfig", "TenancyConfig")
_MOTO_FORGETS_ON_UPDATE = {
    "EphemeralStorage": ("ephemeral_storage", lambda value: value["Size"]),
    "KMSKeyArn": ("kms_key_arn", lambda value: value),
    "TracingConfig": ("tracing_config", lambda value: value),
    "ImageConfig": ("image_config", models.ImageConfig),
}


class FunctionRecord(models.LambdaFunction):  # type: ignore[misc]
    """A function, or one of its published versions, in moto's store."""

    run_event: ClassVar[Callable[[FunctionRecord, bytes], tuple[bytes, bool]]]
    endpoint: ClassVar[str]

    def __init__(self, account_id: str, spec: dict[str, Any], region: str, version: str | int = 1) -> None:
        check_limits(spec)
        self.kept = {key: spec[key] for key in _KEPT if key in spec}
        # Lists are shared by all versions, which moto makes as shallow copies.
        self.versions_given = [0]
        self.concurrency: list[int | None] = [None]
        super().__init__(account_id, spec, region, version)
        self.last_modified = _now()

    @property
    def logging_config(self) -> dict[str, Any]:
        given = self.kept.get("LoggingConfig") or {}
        defaults = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{self.function_name}"}
        if given.get("LogFormat") == "JSON":
            defaults |= {"ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO"}
        return defaults | given

    @property
    def asynchronous_config(self) -> dict[str, Any]:
        """What PutFunctionEventInvokeConfig was given last."""
        configs = self.event_invoke_config
        return dict(configs[-1].config) if configs else {}

    @property
    def reserved_concurrency(self) -> int | None:
        """It belongs to the function, not to one of its versions."""
        return self.concurrency[0]

    @reserved_concurrency.setter
    def reserved_concurrency(self, limit: int | None) -> None:
        self.concurrency[0] = limit

    def layer_contents(self) -> tuple[bytes, ...]:
        backend = models.lambda_backends[self.account_id][self.region]
        found = (backend.layers_versions_by_arn(layer["Arn"]) for layer in self.layers)
        return tuple(layer.code_bytes for layer in found if layer and getattr(layer, "code_bytes", None))

    def set_version(self, version: int) -> None:
        """moto counts the versions that are left; AWS never gives a number twice."""
        self.versions_given[0] += 1
        super().set_version(self.versions_given[0])
        self.last_modified = _now()

    def get_configuration(self, on_create: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - moto's signature
        kept = {key: value for key, value in self.kept.items() if value}
        return {**super().get_configuration(on_create), **kept, "LoggingConfig": self.logging_config}

    def get_code(self) -> dict[str, Any]:
        described: dict[str, Any] = super().get_code()
        if described["Code"].get("RepositoryType") == "S3":
            described["Code"]["Location"] = code_page.location(self.endpoint, self)
        return described

    def update_configuration(self, config_updates: dict[str, Any]) -> dict[str, Any]:
        check_limits(config_updates)
        changed = {key: config_updates[key] for key in _KEPT if key in config_updates}
        self.kept = self.kept | changed
        for key, (attribute, convert) in _MOTO_FORGETS_ON_UPDATE.items():
            if key in config_updates:
                setattr(self, attribute, convert(config_updates[key]))
        super().update_configuration(config_updates)
        self.last_modified = _now()
        return self.get_configuration()

    def update_function_code(self, updated_spec: dict[str, Any]) -> dict[str, Any]:
        if updated_spec.get("Architectures"):
            self.architectures = updated_spec["Architectures"]
        super().update_function_code(updated_spec)
        self.last_modified = _now()
        return self.get_configuration()

    def invoke(self, body: Any, request_headers: Any, response_headers: Any) -> bytes:
        """How moto's own services invoke a function."""
        payload, failed = FunctionRecord.run_event(self, _encoded(body))
        if failed:
            response_headers["x-amz-function-error"] = "Unhandled"
        return payload


def _now() -> str:
    return with_offset(datetime.now(UTC))


def _encoded(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode() or b"{}"


@contextmanager
def complete_records(endpoint: str, run_event: Callable[[Any, bytes], tuple[bytes, bool]]) -> Iterator[None]:
    """While it lasts, moto keeps complete records.

    `run_event` runs one and tells its payload and whether it failed; their code can be had at `endpoint`.
    """
    original = models.LambdaFunction
    FunctionRecord.run_event, FunctionRecord.endpoint = run_event, endpoint
    models.LambdaFunction = FunctionRecord
    try:
        yield
    finally:
        models.LambdaFunction = original
