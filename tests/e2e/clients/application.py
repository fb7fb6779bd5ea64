"""Our own application, as a user releases it and looks at it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from tests.e2e.clients.terminal import Done, Terminal
from tests.e2e.waiting import eventually
from workbench.demo.project import Project

STACK = "config-fitness"


@dataclass(frozen=True)
class Application:
    """A user's copy of the application, and the terminal that is open in its folder."""

    project: Project
    terminal: Terminal

    def release(self, *options: str) -> Done:
        """Builds and deploys; what `sam deploy` said."""
        self.terminal("sam", "build")
        return self.terminal.run("sam", "deploy", *options)

    def scorecard(self) -> dict[str, Any]:
        """What `fitness score` says, once Config has judged everything."""
        return eventually(self._scorecard, is_so=lambda card: card["coverage"] == 100)

    def _scorecard(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.terminal.run("fitness", "score", STACK, "--format", "json").stdout)
        return found

    def newest_metric(self) -> Sequence[float]:
        """The value that was published last; none before the first."""
        metric = {"Namespace": "ConfigFitness", "MetricName": "Fitness"}
        query = {
            "Id": "fitness",
            "MetricStat": {
                "Metric": {**metric, "Dimensions": [{"Name": "Stack", "Value": STACK}]},
                "Period": 1,
                "Stat": "Average",
            },
        }
        answer = self.terminal.aws(
            "cloudwatch", "get-metric-data", "--metric-data-queries", json.dumps([query]),
            "--start-time", _moment(minutes=-30), "--end-time", _moment(minutes=1),
        )  # fmt: skip
        found: list[float] = answer["MetricDataResults"][0]["Values"]
        return found[:1]

    def physical_id(self, logical_id: str) -> str:
        return self._resources[logical_id]

    @cached_property
    def _resources(self) -> dict[str, str]:
        listed = self.terminal.aws("cloudformation", "list-stack-resources", "--stack-name", STACK)
        return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in listed["StackResourceSummaries"]}

    def status(self) -> str:
        return str(
            self.terminal.aws("cloudformation", "describe-stacks", "--stack-name", STACK)["Stacks"][0]["StackStatus"]
        )

    def version(self, function: str) -> str:
        """The version that the alias sends traffic to."""
        alias = self.terminal.aws(
            "lambda", "get-alias", "--function-name", self.physical_id(function), "--name", "live"
        )
        assert not alias.get("RoutingConfig", {}).get("AdditionalVersionWeights")
        return str(alias["FunctionVersion"])

    def violated(self, kind: str, logical_id: str) -> Sequence[str]:
        """The rules of the catalogue that the resource violates, as Config has it."""
        answer = self.terminal.aws(
            "configservice", "get-compliance-details-by-resource", "--compliance-types", "NON_COMPLIANT",
            "--resource-type", kind, "--resource-id", self.physical_id(logical_id),
        )  # fmt: skip
        identifiers = [result["EvaluationResultIdentifier"] for result in answer["EvaluationResults"]]
        names = self._rules()
        return [names[each["EvaluationResultQualifier"]["ConfigRuleName"]] for each in identifiers]

    def _rules(self) -> dict[str, str]:
        """The identifiers of managed rules, spelled as in the catalogue, by the name that Config knows them by."""
        found = self.terminal.aws("configservice", "describe-config-rules")["ConfigRules"]
        sources = {rule["ConfigRuleName"]: rule["Source"] for rule in found}
        return {name: source["SourceIdentifier"].lower().replace("_", "-") for name, source in sources.items()}

    def deployment(self, deployment_id: str) -> dict[str, Any]:
        answer = self.terminal.aws("deploy", "get-deployment", "--deployment-id", deployment_id)
        found: dict[str, Any] = answer["deploymentInfo"]
        return found


def _moment(minutes: int) -> str:
    return f"{datetime.now(UTC) + timedelta(minutes=minutes):%FT%TZ}"
