"""A sample application's life: deployed by the SAM CLI, used, deployed again, looked at, deleted.

Owns how that is played. What a test asserts was seen while the application lived.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3

from tests.e2e.clients.terminal import Done, Terminal
from tests.e2e.waiting import eventually

APPLICATIONS = Path(__file__).with_name("applications")


@dataclass(frozen=True)
class Sample:
    """An application of `applications/`, as a stack of its name."""

    name: str
    terminal: Terminal

    def deploy(self) -> Done:
        return self.terminal.run(
            "sam", "deploy", "--stack-name", self.name, "--resolve-s3",
            "--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND",
        )  # fmt: skip

    def client(self, service: str) -> Any:
        settings = {"endpoint_url": self._endpoint, "aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return boto3.client(service, region_name=self.terminal.exported["AWS_DEFAULT_REGION"], **settings)  # type: ignore[call-overload]

    @property
    def _endpoint(self) -> str:
        return self.terminal.exported["AWS_ENDPOINT_URL"]

    @cached_property
    def outputs(self) -> Mapping[str, str]:
        (stack,) = self.client("cloudformation").describe_stacks(StackName=self.name)["Stacks"]
        return {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]}

    def call(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """What the application's API answers."""
        url = f"{self._endpoint}/_aws/execute-api/{self.outputs['Api']}{path}"
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(url, body.encode() if body else None, headers, method=method)  # noqa: S310 - 127.0.0.1
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
            return answer.status, answer.read().decode()

    def items(self, table: str) -> list[dict[str, Any]]:
        """What a table holds, as plain values."""
        found = self.client("dynamodb").scan(TableName=table)["Items"]
        return [{name: next(iter(value.values())) for name, value in item.items()} for item in found]

    def drifted(self) -> list[str]:
        """The resources that are not as the template says."""
        client = self.client("cloudformation")
        detection = client.detect_stack_drift(StackName=self.name)["StackDriftDetectionId"]
        detected = client.describe_stack_drift_detection_status
        eventually(lambda: detected(StackDriftDetectionId=detection)["DetectionStatus"] == "DETECTION_COMPLETE")
        found = client.describe_stack_resource_drifts(
            StackName=self.name, StackResourceDriftStatusFilters=["MODIFIED", "DELETED"]
        )["StackResourceDrifts"]
        return [json.dumps([each["LogicalResourceId"], each["PropertyDifferences"]]) for each in found]

    def left(self) -> list[str]:
        """What the account has that is named after the stack, except for the logs that Lambda itself made."""
        return sorted(name for name in self._names() if self.name in name)

    def _names(self) -> Iterator[str]:
        for service, operation, path, key in _LISTS:
            answer = getattr(self.client(service), operation)()
            for found in answer.get(path, ()):
                yield f"{service} {found[key] if key else found}"


_LISTS: Sequence[tuple[str, str, str, str]] = (
    ("apigateway", "get_rest_apis", "items", "name"),
    ("cloudformation", "describe_stacks", "Stacks", "StackName"),
    ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    ("dynamodb", "list_tables", "TableNames", ""),
    ("events", "list_event_buses", "EventBuses", "Name"),
    ("events", "list_rules", "Rules", "Name"),
    ("iam", "list_roles", "Roles", "RoleName"),
    ("kinesis", "list_streams", "StreamNames", ""),
    ("lambda", "list_event_source_mappings", "EventSourceMappings", "FunctionArn"),
    ("lambda", "list_functions", "Functions", "FunctionName"),
    ("s3", "list_buckets", "Buckets", "Name"),
    ("sns", "list_topics", "Topics", "TopicArn"),
    ("sqs", "list_queues", "QueueUrls", ""),
    ("ssm", "describe_parameters", "Parameters", "Name"),
    ("stepfunctions", "list_state_machines", "stateMachines", "name"),
)
