"""Requests to AWS Cloud Control API that change something: each goes on by itself, and tells how far it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from workbench.local_aws import background
from workbench.local_aws.cloudformation.failures import in_its_words
from workbench.local_aws.cloudformation.provider import ProvisioningError
from workbench.local_aws.service import AwsError

# Clients ask for the outcome seconds later, and find it there at once.
_SHORT_SECONDS = 2.0
_HANDLER = re.compile(
    r'Resource handler returned message: "(?P<said>.*)" \(.*HandlerErrorCode: (?P<code>\w+)\)', re.DOTALL
)


@dataclass(frozen=True)
class Progress:
    """How far a request is."""

    operation: str
    type: str
    identifier: str
    model: Mapping[str, Any] | None = None
    token: str = field(default_factory=lambda: str(uuid4()))
    status: str = "IN_PROGRESS"
    message: str = ""
    code: str = ""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def event(self) -> Mapping[str, Any]:
        """The ProgressEvent of the API."""
        told = {
            "TypeName": self.type,
            "Identifier": self.identifier,
            "RequestToken": self.token,
            "Operation": self.operation,
            "OperationStatus": self.status,
            "EventTime": self.at,
            "ResourceModel": json.dumps(self.model, default=str) if self.model is not None else "",
            "StatusMessage": self.message,
            "ErrorCode": self.code,
        }
        return {name: value for name, value in told.items() if value}


class Requests:
    """All requests; one that a stop of the local AWS broke off has failed."""

    def __init__(self) -> None:
        self._by_token: dict[str, Progress] = {}
        self._by_client_token: dict[str, tuple[Mapping[str, Any], Progress]] = {}

    def begin(self, request: Mapping[str, Any], progress: Progress, act: Callable[[], str]) -> Mapping[str, Any]:
        """The event of a request that begins; `act` does what is asked for, and returns the resource's identifier.

        A request that comes again with the same client token does nothing more.
        """
        client_token = request.get("ClientToken")
        if client_token in self._by_client_token:
            return self._again(client_token, request)
        self._by_token[progress.token] = progress
        if client_token:
            self._by_client_token[client_token] = (dict(request), progress)
        background.start(f"cloud-control-{progress.token}", self._run, progress, act).join(_SHORT_SECONDS)
        return progress.event()

    def get(self, token: str) -> Progress:
        if token not in self._by_token:
            raise AwsError("RequestTokenNotFoundException", f"Request with token {token} was not found")
        return self._by_token[token]

    def all(self) -> list[Progress]:
        """The latest first."""
        return sorted(self._by_token.values(), key=lambda each: each.at, reverse=True)

    def state(self) -> Any:
        return dict(self._by_token), dict(self._by_client_token)

    def restore(self, state: Any) -> None:
        by_token, self._by_client_token = state
        self._by_token = {token: _broken_off(each) for token, each in by_token.items()}

    def _again(self, client_token: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        before, begun = self._by_client_token[client_token]
        if before != request:
            message = f"The client token {client_token} was used for another request."
            raise AwsError("ClientTokenConflictException", message)
        return self._by_token[begun.token].event()

    def _run(self, begun: Progress, act: Callable[[], str]) -> None:
        try:
            ended = replace(begun, status="SUCCESS", identifier=in_its_words(act))
        except ProvisioningError as error:
            said = _HANDLER.fullmatch(str(error))
            message, code = (said["said"], said["code"]) if said else (str(error), "InvalidRequest")
            ended = replace(begun, status="FAILED", message=message, code=code)
        self._by_token[begun.token] = replace(ended, at=datetime.now(UTC))


def _broken_off(progress: Progress) -> Progress:
    if progress.status != "IN_PROGRESS":
        return progress
    return replace(progress, status="FAILED", message="The local AWS was stopped meanwhile.", code="InternalFailure")
