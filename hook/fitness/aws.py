"""The edge: the only file that calls AWS.

Owns `Aws`, one method a need, each a thin wrapper over one API: domain values in and out, all pages read, every error
turned into an `AwsProblem` whose message is one sentence for the user. Knows nothing of rules, scores or verdicts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from typing import Any
from urllib.request import Request, urlopen

from botocore.config import Config

from fitness import aws_answers
from fitness.aws_answers import Stack
from fitness.aws_problem import AwsProblem, explained
from fitness.model import STACK_TYPE, ConfigRule, Evaluation, Resource, Status

ClientFactory = Callable[[str], Any]
# Config documents no request rates; clients that hit its limits recovered with retries and back-off.
SETTINGS = Config(retries={"mode": "standard", "max_attempts": 8}, connect_timeout=5, read_timeout=20)
NAMES_PER_CALL = 25
_COMPLIANCE_TYPES = [Status.COMPLIANT.value, Status.NON_COMPLIANT.value, Status.NOT_APPLICABLE.value]
_TRY_AGAIN = ("LimitExceededException", "ResourceInUseException", "ThrottlingException", "Throttling")
_LOST_RACE = ("PreconditionFailed", "ConditionalRequestConflict")
_ABSENT = ("NoSuchKey", "404")


@dataclass(frozen=True)
class Stored:
    """An object of the records bucket, and the tag that a conditional write must name."""

    text: str
    etag: str


class Aws:
    """What the product asks of AWS. Safe to use from several threads, as boto3's clients are."""

    def __init__(self, clients: ClientFactory) -> None:
        self._make_client = clients
        self._clients_made: dict[str, Any] = {}
        self._making = Lock()

    def _client(self, service: str) -> Any:
        # Clients may be used by many threads at once, but not made by them.
        with self._making:
            if service not in self._clients_made:
                self._clients_made[service] = self._make_client(service)
            return self._clients_made[service]

    def _listed(self, service: str, operation: str, key: str, **parameters: Any) -> list[Any]:
        """The items under a key of all pages of a listing."""
        pages = self._client(service).get_paginator(operation).paginate(**parameters)
        return [item for page in pages for item in page.get(key, ())]

    def stack(self, name: str) -> Stack:
        """The stack of this name or id."""
        with explained("cloudformation:DescribeStacks", name):
            found = self._client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        return aws_answers.stack(found)

    def resources(self, stack_id: str, prefix: str = "") -> Iterator[Resource]:
        """The stack's resources that exist, nested stacks' included, by logical path."""
        with explained("cloudformation:ListStackResources", stack_id):
            rows = self._listed("cloudformation", "list_stack_resources", "StackResourceSummaries", StackName=stack_id)
        for row in rows:
            found = aws_answers.resource(prefix + row["LogicalResourceId"], row)
            if found:
                yield found
            if found and found.type == STACK_TYPE:
                yield from self.resources(found.physical_id, f"{found.path}/")

    def evaluations(self, resource_type: str, resource_id: str, path: str) -> list[Evaluation]:
        """Every row that Config keeps of one resource, named by its logical path."""
        with explained("config:GetComplianceDetailsByResource", path):
            rows = self._listed(
                "config",
                "get_compliance_details_by_resource",
                "EvaluationResults",
                ResourceType=resource_type,
                ResourceId=resource_id,
                ComplianceTypes=_COMPLIANCE_TYPES,
            )
        return [aws_answers.evaluation(path, row) for row in rows]

    def discovered_ids(self, resource_type: str, resource_name: str) -> list[str]:
        """Config's ids of the resources that bear a name."""
        with explained("config:ListDiscoveredResources", resource_name):
            found = self._listed(
                "config",
                "list_discovered_resources",
                "resourceIdentifiers",
                resourceType=resource_type,
                resourceName=resource_name,
            )
        return [identifier["resourceId"] for identifier in found]

    def is_recorded(self, resource_type: str, resource_id: str) -> bool:
        """Whether Config holds the resource in its inventory."""
        with explained("config:ListDiscoveredResources", resource_id):
            found = self._client("config").list_discovered_resources(
                resourceType=resource_type, resourceIds=[resource_id]
            )
            return bool(found["resourceIdentifiers"])

    def config_rule_names(self) -> list[str]:
        """Names of all Config rules of the account and region."""
        with explained("config:DescribeConfigRules", "the account"):
            rules = self._listed("config", "describe_config_rules", "ConfigRules")
        return [rule["ConfigRuleName"] for rule in rules]

    def config_rules(self, paths: Mapping[str, str | None]) -> list[ConfigRule]:
        """The state of these Config rules (name to logical path); those that do not exist are left out."""
        return [
            aws_answers.config_rule(status, paths[status["ConfigRuleName"]])
            for batch in _batches(sorted(paths))
            for status in self._rule_statuses(batch)
        ]

    def _rule_statuses(self, names: Sequence[str]) -> list[Any]:
        try:
            with explained("config:DescribeConfigRuleEvaluationStatus", ", ".join(names)):
                return self._listed(
                    "config",
                    "describe_config_rule_evaluation_status",
                    "ConfigRulesEvaluationStatus",
                    ConfigRuleNames=list(names),
                )
        except AwsProblem as problem:
            if problem.code != "NoSuchConfigRuleException":
                raise
            # One rule deleted by hand fails the call for all: ask for each alone.
            return [] if len(names) == 1 else [found for name in names for found in self._rule_statuses([name])]

    def start_evaluation(self, names: Sequence[str]) -> bool:
        """Starts up to 25 Config rules; False when Config wants to be asked again later."""
        try:
            with explained("config:StartConfigRulesEvaluation", ", ".join(names)):
                self._client("config").start_config_rules_evaluation(ConfigRuleNames=list(names))
        except AwsProblem as problem:
            if problem.code in _TRY_AGAIN:
                return False
            raise
        return True

    def answer_hook(self, deployment_id: str, execution_id: str, status: str) -> None:
        """Tells CodeDeploy `Succeeded` or `Failed`; an event that is already over counts as answered."""
        try:
            with explained("codedeploy:PutLifecycleEventHookExecutionStatus", deployment_id):
                self._client("codedeploy").put_lifecycle_event_hook_execution_status(
                    deploymentId=deployment_id, lifecycleEventHookExecutionId=execution_id, status=status
                )
        except AwsProblem as problem:
            if problem.code != "LifecycleEventAlreadyCompletedException":
                raise

    def put_metrics(self, namespace: str, data: Sequence[Mapping[str, Any]]) -> None:
        """Publishes data points in one call."""
        with explained("cloudwatch:PutMetricData", namespace):
            self._client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=list(data))

    def read(self, bucket: str, key: str) -> Stored | None:
        """An object's text, or None if there is none."""
        try:
            with explained("s3:GetObject", f"s3://{bucket}/{key}"):
                found = self._client("s3").get_object(Bucket=bucket, Key=key)
                return Stored(found["Body"].read().decode(), found["ETag"])
        except AwsProblem as problem:
            if problem.code in _ABSENT:
                return None
            raise

    def write(self, bucket: str, key: str, document: Mapping[str, Any]) -> None:
        """Writes a JSON object, whatever was there."""
        with explained("s3:PutObject", f"s3://{bucket}/{key}"):
            self._client("s3").put_object(Bucket=bucket, Key=key, **_json_body(document))

    def replace(self, bucket: str, key: str, document: Mapping[str, Any], previous: Stored | None) -> bool:
        """Writes a JSON object unless another writer was faster than `previous`; False if one was."""
        condition = {"IfMatch": previous.etag} if previous else {"IfNoneMatch": "*"}
        try:
            with explained("s3:PutObject", f"s3://{bucket}/{key}"):
                self._client("s3").put_object(Bucket=bucket, Key=key, **_json_body(document), **condition)
        except AwsProblem as problem:
            if problem.code in _LOST_RACE:
                return False
            raise
        return True

    def keys(self, bucket: str, prefix: str) -> list[str]:
        """Keys under a prefix, in their order."""
        with explained("s3:ListBucket", f"s3://{bucket}/{prefix}"):
            return [
                found["Key"]
                for found in self._listed("s3", "list_objects_v2", "Contents", Bucket=bucket, Prefix=prefix)
            ]


def respond(url: str, document: Mapping[str, Any]) -> None:
    """Answers a custom resource at its pre-signed URL."""
    body = json.dumps(document).encode()
    # The URL is signed without a content type, and urllib would add one.
    request = Request(url, data=body, method="PUT", headers={"Content-Type": ""})  # noqa: S310 - CloudFormation's URL
    with urlopen(request, timeout=20):  # noqa: S310
        pass


def _json_body(document: Mapping[str, Any]) -> dict[str, Any]:
    return {"Body": json.dumps(document, indent=1).encode(), "ContentType": "application/json"}


def _batches(names: Sequence[str]) -> Iterator[list[str]]:
    remaining = iter(names)
    while batch := list(islice(remaining, NAMES_PER_CALL)):
        yield batch
