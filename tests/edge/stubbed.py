"""Stubbed AWS: each test says which calls it expects, with which parameters, in which order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.stub import Stubber


@dataclass
class StubbedAws:
    """Clients whose every call must be announced."""

    stubbers: dict[str, Stubber] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        return self.stubber(service).client

    def stubber(self, service: str) -> Stubber:
        if service not in self.stubbers:
            make: Callable[..., Any] = boto3.client
            client = make(service, "eu-west-1", aws_access_key_id="test", aws_secret_access_key="test")
            self.stubbers[service] = Stubber(client)
            self.stubbers[service].activate()
        return self.stubbers[service]

    def expect(self, service: str, operation: str, parameters: dict[str, Any], answer: dict[str, Any]) -> None:
        self.stubber(service).add_response(operation, answer, parameters)

    def refuse(self, service: str, operation: str, parameters: dict[str, Any], code: str) -> None:
        self.stubber(service).add_client_error(operation, code, "no", expected_params=parameters)
