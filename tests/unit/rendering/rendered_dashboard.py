"""The dashboard of a small catalogue, as CloudFormation hands it to CloudWatch."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from fitness.catalogue import load

from workbench.render import render
from workbench.templates import load as load_template
from workbench.templates import prepare, pseudo_parameters, resolve

STACK_ID = "arn:aws:cloudformation:eu-west-1:111122223333:stack/orders/1"
PARAMETERS = {
    "StackId": STACK_ID,
    "FitnessNamespace": "My/Fitness",
    "PreTrafficHookLogs": "hook-logs",
    "ArchitectureGateLogs": "gate-logs",
    **dict.fromkeys(("LogKeyArn", "FirstFunction", "SecondFunction"), "x"),
}
RULES = """\
version: 1
categories: {security: {title: Safe}, reliability: {title: Sound, minimum: 50}}
rules:
  s3-bucket-versioning-enabled:
    {title: Versioned, category: security, severity: high, resource_types: [AWS::S3::Bucket]}
  some-other-rule:
    {title: Other, category: reliability, severity: low, resource_types: [AWS::SQS::Queue, AWS::SNS::Topic]}
  switched-off-rule:
    {title: Idle, category: reliability, severity: low, resource_types: [AWS::SQS::Queue], enforcement: off}
"""


def dashboard(rules: str = RULES, region: str = "eu-west-1") -> dict[str, Any]:
    (text,) = render(load(rules)).values()
    pseudo = pseudo_parameters(region, "111122223333", "orders-ConfigRules-1", STACK_ID)
    template = prepare(load_template(text, "template.yaml"), PARAMETERS, pseudo)
    scope = replace(template.scope, ref=lambda logical_id: f"orders-{logical_id}-1AB")
    path = ("Resources", "Dashboard", "Properties", "DashboardBody")
    body: dict[str, Any] = json.loads(
        resolve(template.existing("Resources")["Dashboard"]["Properties"]["DashboardBody"], scope, path)
    )
    return body
