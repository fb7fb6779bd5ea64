"""The edge: the only file that calls AWS.

Owns `Aws`, one method a need, each a thin wrapper over one API: domain values in and out, all pages read, every error
turned into an `AwsProblem` whose message is one sentence for the user. Knows nothing of rules, scores or verdicts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from threading import Lock
from typing import Any
from urllib.request import Request, urlopen

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from fitness.model import STACK_TYPE, Cause, ConfigRule, Evaluation, Resource, Status

ClientFactory = Callable[[str], Any]
# Config documents no request rates; clients that hit its limits recovered with retries and back-off.
SETTINGS = Config(retries={"mode": "standard", "max_attempts": 8}, connect_timeout=5, read_timeout=20)
NAMES_PER_CALL = 25
_COMPLIANCE_TYPES = [Status.COMPLIANT.value, Status.NON_COMPLIANT.value, Status.NOT_APPLICABLE.value]
_DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError")
_TRY_AGAIN = ("LimitExceededException", "ResourceInUseException", "ThrottlingException", "Throttling")
_LOST_RACE = ("PreconditionFailed", "ConditionalRequestConflict")
_ABSENT = ("NoSuchKey", "404")
_GONE = ("CREATE_FAILED", "DELETE_")


class AwsProblem(Exception):
    """A call to AWS failed; the message is one sentence that names the call and the cure.

    Attributes:
        code: the error code of AWS, or the exception's name when no answer came.
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code

    @property
    def cause(self) -> Cause:
        return Cause.DENIED if self.code in _DENIED else Cause.ERROR


@dataclass(frozen=True)
class Stack:
    """A CloudFormation stack; `updated_at` is the start of its last create or update."""

    name: str
    id: str
    status: str
    updated_at: datetime

    @property
    def partition(self) -> str:
        return self.id.split(":")[1]

    @property
    def region(self) -> str:
        return self.id.split(":")[3]

    @property
    def account(self) -> str:
        return self.id.split(":")[4]

    @property
    def rolling_back(self) -> bool:
        return "ROLLBACK_IN_PROGRESS" in self.status


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

    def stack(self, name: str) -> Stack:
        """The stack of this name or id."""
        with _explained("cloudformation:DescribeStacks", name):
            found = self._client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        updated_at = found.get("LastUpdatedTime") or found["CreationTime"]
        return Stack(found["StackName"], found["StackId"], found["StackStatus"], updated_at)

    def resources(self, stack_id: str, prefix: str = "") -> Iterator[Resource]:
        """The stack's resources that exist, nested stacks' included, by logical path."""
        with _explained("cloudformation:ListStackResources", stack_id):
            pages = self._client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack_id)
            rows = [row for page in pages for row in page["StackResourceSummaries"]]
        for row in rows:
            physical_id = row.get("PhysicalResourceId")
            if not physical_id or row["ResourceStatus"].startswith(_GONE):
                continue
            path = prefix + row["LogicalResourceId"]
            yield Resource(path, row["ResourceType"], physical_id, row["LastUpdatedTimestamp"])
            if row["ResourceType"] == STACK_TYPE:
                yield from self.resources(physical_id, f"{path}/")

    def evaluations(self, resource_type: str, resource_id: str, path: str) -> list[Evaluation]:
        """Every row that Config keeps of one resource, named by its logical path."""
        with _explained("config:GetComplianceDetailsByResource", path):
            pages = (
                self._client("config")
                .get_paginator("get_compliance_details_by_resource")
                .paginate(ResourceType=resource_type, ResourceId=resource_id, ComplianceTypes=_COMPLIANCE_TYPES)
            )
            return [_evaluation(path, row) for page in pages for row in page["EvaluationResults"]]

    def discovered_ids(self, resource_type: str, resource_name: str) -> list[str]:
        """Config's ids of the resources that bear a name."""
        with _explained("config:ListDiscoveredResources", resource_name):
            pages = (
                self._client("config")
                .get_paginator("list_discovered_resources")
                .paginate(resourceType=resource_type, resourceName=resource_name)
            )
            return [found["resourceId"] for page in pages for found in page["resourceIdentifiers"]]

    def is_recorded(self, resource_type: str, resource_id: str) -> bool:
        """Whether Config holds the resource in its inventory."""
        with _explained("config:ListDiscoveredResources", resource_id):
            found = self._client("config").list_discovered_resources(
                resourceType=resource_type, resourceIds=[resource_id]
            )
            return bool(found["resourceIdentifiers"])

    def config_rule_names(self) -> list[str]:
        """Names of all Config rules of the account and region."""
        with _explained("config:DescribeConfigRules", "the account"):
            pages = self._client("config").get_paginator("describe_config_rules").paginate()
            return [rule["ConfigRuleName"] for page in pages for rule in page["ConfigRules"]]

    def config_rules(self, paths: Mapping[str, str | None]) -> list[ConfigRule]:
        """The state of these Config rules (name to logical path); those that do not exist are left out."""
        return [
            _config_rule(status, paths) for batch in _batches(sorted(paths)) for status in self._rule_statuses(batch)
        ]

    def _rule_statuses(self, names: Sequence[str]) -> list[Any]:
        try:
            with _explained("config:DescribeConfigRuleEvaluationStatus", ", ".join(names)):
                pages = (
                    self._client("config")
                    .get_paginator("describe_config_rule_evaluation_status")
                    .paginate(ConfigRuleNames=list(names))
                )
                return [status for page in pages for status in page["ConfigRulesEvaluationStatus"]]
        except AwsProblem as problem:
            if problem.code != "NoSuchConfigRuleException":
                raise
            # One rule deleted by hand fails the call for all: ask for each alone.
            return [] if len(names) == 1 else [found for name in names for found in self._rule_statuses([name])]

    def start_evaluation(self, names: Sequence[str]) -> bool:
        """Starts up to 25 Config rules; False when Config wants to be asked again later."""
        try:
            with _explained("config:StartConfigRulesEvaluation", ", ".join(names)):
                self._client("config").start_config_rules_evaluation(ConfigRuleNames=list(names))
        except AwsProblem as problem:
            if problem.code in _TRY_AGAIN:
                return False
            raise
        return True

    def answer_hook(self, deployment_id: str, execution_id: str, status: str) -> None:
        """Tells CodeDeploy `Succeeded` or `Failed`; an event that is already over counts as answered."""
        try:
            with _explained("codedeploy:PutLifecycleEventHookExecutionStatus", deployment_id):
                self._client("codedeploy").put_lifecycle_event_hook_execution_status(
                    deploymentId=deployment_id, lifecycleEventHookExecutionId=execution_id, status=status
                )
        except AwsProblem as problem:
            if problem.code != "LifecycleEventAlreadyCompletedException":
                raise

    def put_metrics(self, namespace: str, data: Sequence[Mapping[str, Any]]) -> None:
        """Publishes data points in one call."""
        with _explained("cloudwatch:PutMetricData", namespace):
            self._client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=list(data))

    def read(self, bucket: str, key: str) -> Stored | None:
        """An object's text, or None if there is none."""
        try:
            with _explained("s3:GetObject", f"s3://{bucket}/{key}"):
                found = self._client("s3").get_object(Bucket=bucket, Key=key)
                return Stored(found["Body"].read().decode(), found["ETag"])
        except AwsProblem as problem:
            if problem.code in _ABSENT:
                return None
            raise

    def write(self, bucket: str, key: str, document: Mapping[str, Any]) -> None:
        """Writes a JSON object, whatever was there."""
        with _explained("s3:PutObject", f"s3://{bucket}/{key}"):
            self._client("s3").put_object(Bucket=bucket, Key=key, **_json_body(document))

    def replace(self, bucket: str, key: str, document: Mapping[str, Any], previous: Stored | None) -> bool:
        """Writes a JSON object unless another writer was faster than `previous`; False if one was."""
        condition = {"IfMatch": previous.etag} if previous else {"IfNoneMatch": "*"}
        try:
            with _explained("s3:PutObject", f"s3://{bucket}/{key}"):
                self._client("s3").put_object(Bucket=bucket, Key=key, **_json_body(document), **condition)
        except AwsProblem as problem:
            if problem.code in _LOST_RACE:
                return False
            raise
        return True

    def keys(self, bucket: str, prefix: str) -> list[str]:
        """Keys under a prefix, in their order."""
        with _explained("s3:ListBucket", f"s3://{bucket}/{prefix}"):
            pages = self._client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
            return [found["Key"] for page in pages for found in page.get("Contents", ())]


def respond(url: str, document: Mapping[str, Any]) -> None:
    """Answers a custom resource at its pre-signed URL."""
    body = json.dumps(document).encode()
    # The URL is signed without a content type, and urllib would add one.
    request = Request(url, data=body, method="PUT", headers={"Content-Type": ""})  # noqa: S310 - CloudFormation's URL
    with urlopen(request, timeout=20):  # noqa: S310
        pass


def _json_body(document: Mapping[str, Any]) -> dict[str, Any]:
    return {"Body": json.dumps(document, indent=1).encode(), "ContentType": "application/json"}


def _evaluation(path: str, row: Mapping[str, Any]) -> Evaluation:
    identifier = row["EvaluationResultIdentifier"]
    qualifier = identifier["EvaluationResultQualifier"]
    return Evaluation(
        resource=path,
        config_rule=qualifier["ConfigRuleName"],
        compliance=Status(row["ComplianceType"]),
        mode=qualifier.get("EvaluationMode", "DETECTIVE"),
        ordering_at=identifier.get("OrderingTimestamp"),
        invoked_at=row.get("ConfigRuleInvokedTime"),
        recorded_at=row.get("ResultRecordedTime"),
        annotation=row.get("Annotation"),
    )


def _config_rule(status: Mapping[str, Any], paths: Mapping[str, str | None]) -> ConfigRule:
    succeeded = status.get("LastSuccessfulEvaluationTime")
    failed = status.get("LastFailedEvaluationTime") or status.get("LastFailedInvocationTime")
    # Config keeps the last error after the rule has recovered.
    failing = not succeeded or (failed is not None and failed > succeeded)
    return ConfigRule(
        name=status["ConfigRuleName"],
        path=paths[status["ConfigRuleName"]],
        last_successful_evaluation_at=succeeded,
        last_error_code=status.get("LastErrorCode") if failing else None,
        last_error_message=status.get("LastErrorMessage") if failing else None,
        first_evaluation_started=status.get("FirstEvaluationStarted", False),
    )


def _batches(names: Sequence[str]) -> Iterator[list[str]]:
    remaining = iter(names)
    while batch := list(islice(remaining, NAMES_PER_CALL)):
        yield batch


@contextmanager
def _explained(action: str, subject: str) -> Iterator[None]:
    """Turns botocore's errors into sentences."""
    try:
        yield
    except ClientError as error:
        code, message = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
        if code in _DENIED:
            raise AwsProblem(f"{action} on {subject} was denied: allow it to the role in use.", code) from error
        raise AwsProblem(f"{action} on {subject} failed: {code}: {message}", code) from error
    except BotoCoreError as error:
        raise AwsProblem(f"{action} on {subject} got no answer: {error}", type(error).__name__) from error
