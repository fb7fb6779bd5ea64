"""What the console reads of an account in one region, through ordinary clients. Answers stay as AWS gives them.

Owns which calls are made. Runs are read once: a record never changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from workbench.local_aws.console import metrics, releases

Answer = dict[str, Any]

_RULES_A_CALL = 25
_DEPLOYMENTS_SHOWN = 25
_RUNS_SHOWN = 25


class Account:
    """Reads an account in a region. `client` gives a client of a service."""

    def __init__(self, client: Callable[[str], Any], region: str) -> None:
        self.region = region
        self._client = client
        self._runs: dict[tuple[str, str], releases.Run | None] = {}

    def stacks(self) -> list[Answer]:
        return self._all("cloudformation", "describe_stacks", "Stacks")

    def stack(self, name: str) -> Answer:
        """Raises ClientError when there is none."""
        found: Answer = self._client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        return found

    def stack_resources(self, stack_id: str) -> list[Answer]:
        return self._all("cloudformation", "list_stack_resources", "StackResourceSummaries", StackName=stack_id)

    def stack_events(self, stack_id: str) -> list[Answer]:
        """The first page: the newest."""
        events: list[Answer] = self._client("cloudformation").describe_stack_events(StackName=stack_id)["StackEvents"]
        return events

    def fitness_metrics(self) -> list[Answer]:
        return self._all("cloudwatch", "list_metrics", "Metrics", MetricName="Fitness")

    def figures(self, namespace: str, stack: str, span: metrics.Span) -> metrics.Series:
        results = self._all(
            "cloudwatch",
            "get_metric_data",
            "MetricDataResults",
            MetricDataQueries=metrics.queries(namespace, stack, span.period),
            StartTime=span.begin,
            EndTime=span.end,
        )
        return metrics.series(results)

    def deployments(self, applications: Iterable[str]) -> list[Answer]:
        """The newest of each deployment group."""
        client = self._client("codedeploy")
        found: list[Answer] = []
        for application in applications:
            groups = self._all("codedeploy", "list_deployment_groups", "deploymentGroups", applicationName=application)
            for group in groups:
                listed = client.list_deployments(applicationName=application, deploymentGroupName=group)
                ids = listed["deployments"][:_DEPLOYMENTS_SHOWN]
                found += client.batch_get_deployments(deploymentIds=ids)["deploymentsInfo"] if ids else []
        return found

    def runs(self, bucket: str) -> list[releases.Run]:
        """The newest records, those that can be read: anybody may have written to the bucket."""
        try:
            listed = self._all("s3", "list_objects_v2", "Contents", Bucket=bucket, Prefix="runs/")
        except ClientError:
            return []
        found = (self._run(bucket, each["Key"]) for each in listed[-_RUNS_SHOWN:])
        return [run for run in found if run]

    def rules(self, *names: str) -> list[Answer]:
        return self._all("config", "describe_config_rules", "ConfigRules", **_named(names))

    def rule_compliances(self, *names: str) -> list[Answer]:
        return self._all("config", "describe_compliance_by_config_rule", "ComplianceByConfigRules", **_named(names))

    def rule_statuses(self, names: Sequence[str]) -> list[Answer]:
        client = self._client("config")
        found: list[Answer] = []
        for start in range(0, len(names), _RULES_A_CALL):
            asked = client.describe_config_rule_evaluation_status(ConfigRuleNames=names[start : start + _RULES_A_CALL])
            found += asked["ConfigRulesEvaluationStatus"]
        return found

    def rule_rows(self, name: str) -> list[Answer]:
        return self._all(
            "config", "get_compliance_details_by_config_rule", "EvaluationResults", ConfigRuleName=name, Limit=100
        )

    def resource_compliances(self) -> list[Answer]:
        return self._all("config", "describe_compliance_by_resource", "ComplianceByResources", Limit=100)

    def resource_rows(self, kind: str, resource_id: str) -> list[Answer]:
        return self._all(
            "config",
            "get_compliance_details_by_resource",
            "EvaluationResults",
            ResourceType=kind,
            ResourceId=resource_id,
        )

    def history(self, kind: str, resource_id: str) -> list[Answer]:
        """Configuration items, oldest first.

        Raises ClientError when Config has never recorded the resource.
        """
        return self._all(
            "config",
            "get_resource_config_history",
            "configurationItems",
            resourceType=kind,
            resourceId=resource_id,
            chronologicalOrder="Forward",
        )

    def discovered(self, kinds: Iterable[str]) -> Mapping[tuple[str, str], str]:
        """Config's resource id by type and name."""
        return {
            (kind, each.get("resourceName", "")): each["resourceId"]
            for kind in kinds
            for each in self._all("config", "list_discovered_resources", "resourceIdentifiers", resourceType=kind)
        }

    def _run(self, bucket: str, key: str) -> releases.Run | None:
        if (bucket, key) not in self._runs:
            body = self._client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
            self._runs[bucket, key] = _parsed(body)
        return self._runs[bucket, key]

    def _all(self, service: str, operation: str, member: str, **parameters: Any) -> list[Any]:
        pages = self._client(service).get_paginator(operation).paginate(**parameters)
        return [each for page in pages for each in page.get(member, [])]


def _named(names: Sequence[str]) -> Mapping[str, Any]:
    return {"ConfigRuleNames": list(names)} if names else {}


def _parsed(body: bytes) -> releases.Run | None:
    try:
        return releases.run(json.loads(body))
    except (ValueError, KeyError, TypeError, IndexError):
        return None
