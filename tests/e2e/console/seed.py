"""An account worth looking at: a stack with releases, judgements, a metric and Config rules; its texts are hostile."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.e2e.cloudformation.stacks import Stacks
from workbench.local_aws.server import LocalAws

HOSTILE = "<img src=x onerror=alert(1)>\"'&<script>alert(2)</script>"
STACK = "shop"
# as long as the operations that take a rule's name allow
RULE = "versioning <img src=x onerror=alert(1)>\"'&"


def seed(aws: LocalAws) -> Stacks:
    """Two releases of the stack, and what a gate would have written about them."""
    stacks = Stacks(aws)
    for greeting in ("hello", "good morning"):
        method = stacks.create if greeting == "hello" else stacks.update
        method(STACK, _resources(greeting), Transform="AWS::Serverless-2016-10-31", Outputs=_OUTPUTS)
    bucket = stacks.physical_id(STACK, "RecordsBucket")
    deployments = _deployments(aws, stacks)
    for number, (run_id, answer, fitness) in enumerate(
        [("first", "Recorded", 62.5), (deployments[0], "Succeeded", 81.0), ("gate", "Failed", 74.0)]
    ):
        _judge(aws, bucket, run_id, answer, fitness, datetime.now(UTC) - timedelta(minutes=30 - 10 * number))
    return stacks


_OUTPUTS = {"Shop": {"Value": HOSTILE}}


def _resources(greeting: str) -> dict[str, Any]:
    return {
        "RecordsBucket": {
            "Type": "AWS::S3::Bucket",
            "Properties": {"Tags": [{"Key": "owner", "Value": HOSTILE}, {"Key": "greeting", "Value": greeting}]},
        },
        "Orders": {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Enabled"}}},
        "Versioning": {
            "Type": "AWS::Config::ConfigRule",
            "Properties": {
                "ConfigRuleName": RULE,
                "Description": HOSTILE,
                "Scope": {"ComplianceResourceTypes": ["AWS::S3::Bucket"]},
                "Source": {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"},
            },
        },
        "Function": {
            "Type": "AWS::Serverless::Function",
            "Properties": {
                "InlineCode": f"def handler(event, context):\n    return '{greeting}'\n",
                "Handler": "index.handler",
                "Runtime": "python3.13",
                "AutoPublishAlias": "live",
                "DeploymentPreference": {"Type": "AllAtOnce"},
            },
        },
    }


def _deployments(aws: LocalAws, stacks: Stacks) -> list[str]:
    application = stacks.physical_id(STACK, "ServerlessDeploymentApplication")
    client = aws.client("codedeploy")
    group = client.list_deployment_groups(applicationName=application)["deploymentGroups"][0]
    found: list[str] = client.list_deployments(applicationName=application, deploymentGroupName=group)["deployments"]
    return found


def _judge(aws: LocalAws, bucket: str, run_id: str, answer: str, fitness: float, at: datetime) -> None:
    outcome = "FAIL" if answer == "Failed" else "PASS"
    verdict = {"outcome": outcome, "reasons": [{"message": f"{outcome} says {HOSTILE}"}]}
    card = {"taken_at": at.isoformat(), "fitness": fitness, "verdict": verdict}
    document = {"version": 1, "id": run_id, "answer": answer, "scorecard": card}
    key = f"runs/{at:%Y%m%dT%H%M%SZ}-{run_id}.json"
    aws.client("s3").put_object(Bucket=bucket, Key=key, Body=json.dumps(document).encode())
    values = {"Fitness": fitness, "FitnessLow": fitness - 4, "FitnessHigh": fitness + 9, "FitnessMinimum": 60.0}
    aws.client("cloudwatch").put_metric_data(
        Namespace="ConfigFitness",
        MetricData=[
            {"MetricName": name, "Value": value, "Timestamp": at, "Dimensions": [{"Name": "Stack", "Value": STACK}]}
            for name, value in {**values, "Coverage": 93.0, "Violations": 3.0}.items()
        ],
    )
