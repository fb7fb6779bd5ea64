"""A small application behind the product's own gate: its template, and the catalogue that judges it.

Owns what the scenarios deploy. The hook, the gate and the recorder are those that ship; around them are just the
resources that a scenario needs, and one Config rule for each rule of the catalogue.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from fitness import catalogue
from fitness.rule import Rule

Resources = Mapping[str, Mapping[str, Any]]

# RECORDING_DELAY=20 is nearer to a real account.
RECORDING_DELAY = float(os.environ.get("RECORDING_DELAY", "3"))
RULES = f"""
version: 1
severities: {{critical: 10, high: 7.5, medium: 5, low: 2.5}}
categories: {{security: {{title: Security}}, reliability: {{title: Reliability}}}}
rules:
  s3-bucket-level-public-access-prohibited:
    {{title: Buckets are not public, category: security, severity: critical, enforcement: blocking,
     resource_types: [AWS::S3::Bucket]}}
  s3-bucket-versioning-enabled:
    {{title: Buckets keep old versions, category: reliability, severity: high, resource_types: [AWS::S3::Bucket]}}
  s3-bucket-ssl-requests-only:
    {{title: Buckets accept HTTPS only, category: security, severity: medium, resource_types: [AWS::S3::Bucket],
     exclude: ["*"]}}
  lambda-function-xray-enabled:
    {{title: Functions are traced, category: reliability, severity: low, resource_types: [AWS::Lambda::Function],
     exclude: ["PreTrafficHook", "ArchitectureGateFunction", "Recorder", "Silent"]}}
gate: {{minimum: 60, wait: 60, settle: {RECORDING_DELAY / 3 + 3:.0f}}}
"""
ROLE_NAME = "anything"
ROLE = f"arn:aws:iam::123456789012:role/{ROLE_NAME}"
CODE_BUCKET = "code"
_RUNTIME = {"Runtime": "python3.13", "Role": ROLE, "Timeout": 300, "MemorySize": 512}
_JUDGES = {"PreTrafficHook": "pre_traffic", "ArchitectureGateFunction": "architecture_gate", "Recorder": "recorder"}
_PRIVATE = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")


def bucket(*, versioned: bool = True, public: bool = False) -> dict[str, Any]:
    """A bucket that complies with everything, but for what is said."""
    return {
        "Type": "AWS::S3::Bucket",
        "Properties": {
            "VersioningConfiguration": {"Status": "Enabled" if versioned else "Suspended"},
            "PublicAccessBlockConfiguration": dict.fromkeys(_PRIVATE, not public),
        },
    }


def bucket_policy(name: str, *, https_only: bool) -> dict[str, Any]:
    """A policy of a bucket that refuses HTTP, or one that only forbids something else."""
    condition = {"Condition": {"Bool": {"aws:SecureTransport": "false"}}} if https_only else {}
    arn = {"Fn::GetAtt": [name, "Arn"]}
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*" if https_only else "s3:DeleteBucket",
        "Resource": [arn, {"Fn::Sub": f"${{{name}.Arn}}/*"}] if https_only else [arn],
        **condition,
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": name}, "PolicyDocument": document}}


def function(code: str = "return 1", *, traced: bool = True, after: list[str] | None = None) -> dict[str, Any]:
    """A function whose new versions get traffic once the hook has agreed."""
    return {
        "Type": "AWS::Serverless::Function",
        "DependsOn": after or [],
        "Properties": {
            **_RUNTIME,
            "InlineCode": f"def handler(event, context):\n    {code}\n",
            "Handler": "index.handler",
            "Tracing": "Active" if traced else "PassThrough",
            "AutoPublishAlias": "live",
            "DeploymentPreference": {
                "Type": "AllAtOnce",
                "Role": ROLE,
                "Hooks": {"PreTraffic": _ref("PreTrafficHook")},
            },
        },
    }


def public_permission(function_id: str) -> dict[str, Any]:
    """Lets everybody invoke a function."""
    return _permission(function_id, "*")


def silent_rule_function(code: str = "return None") -> dict[str, Any]:
    """The function of a custom rule that never reports."""
    return {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            **_RUNTIME,
            "InlineCode": f"def handler(event, context):\n    {code}\n",
            "Handler": "index.handler",
        },
    }


def template(resources: Resources, rules: str, code_key: str, gate_after: list[str] | None = None) -> str:
    """The application with these resources; the gate comes after them, or after those that are named."""
    judged = catalogue.load(rules).rules.values()
    config_rules = {rule.logical_id: _config_rule(rule) for rule in judged}
    judges = {name: _judge(handler, code_key) for name, handler in _JUDGES.items()}
    body: dict[str, Any] = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Parameters": {name: {"Type": "String", "Default": ""} for name in ("Release", "GateEnforcement")},
        "Resources": {
            "RecordsBucket": bucket(),
            **resources,
            **config_rules,
            **_permissions(judged),
            **judges,
            "ArchitectureGate": _gate([*(resources if gate_after is None else gate_after), *config_rules]),
        },
    }
    body["Resources"]["Recorder"]["Properties"]["Events"] = {"StackCompleted": _completion()}
    return json.dumps(body)


def _judge(handler: str, code_key: str) -> dict[str, Any]:
    variables = {
        "STACK_ID": _ref("AWS::StackId"),
        "RECORDS_BUCKET": _ref("RecordsBucket"),
        "GATE_ENFORCEMENT": _ref("GateEnforcement"),
    }
    properties = {
        **_RUNTIME,
        "CodeUri": {"Bucket": CODE_BUCKET, "Key": code_key},
        "Handler": f"fitness.handlers.{handler}",
        "Environment": {"Variables": variables},
    }
    if handler == "pre_traffic":
        properties["FunctionName"] = {"Fn::Sub": "CodeDeployHook_${AWS::StackName}"}
    return {"Type": "AWS::Serverless::Function", "Properties": properties}


def _gate(after: list[str]) -> dict[str, Any]:
    token = {"Fn::GetAtt": ["ArchitectureGateFunction", "Arn"]}
    properties = {"ServiceToken": token, "ServiceTimeout": 360, "Release": _ref("Release")}
    return {"Type": "Custom::ArchitectureGate", "DependsOn": after, "Properties": properties}


def _completion() -> dict[str, Any]:
    detail = {
        "stack-id": [_ref("AWS::StackId")],
        "status-details": {"status": ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"]},
    }
    pattern = {
        "source": ["aws.cloudformation"],
        "detail-type": ["CloudFormation Stack Status Change"],
        "detail": detail,
    }
    return {"Type": "EventBridgeRule", "Properties": {"Pattern": pattern}}


def _config_rule(rule: Rule) -> dict[str, Any]:
    scope = {} if rule.frequency else {"Scope": {"ComplianceResourceTypes": list(rule.resource_types)}}
    if rule.managed:
        source: dict[str, Any] = {"Owner": "AWS", "SourceIdentifier": rule.managed}
        return {"Type": "AWS::Config::ConfigRule", "Properties": {"Source": source, **scope}}
    details = [{"EventSource": "aws.config", "MessageType": "ConfigurationItemChangeNotification"}]
    identifier = {"Fn::GetAtt": [rule.function, "Arn"]}
    source = {"Owner": "CUSTOM_LAMBDA", "SourceIdentifier": identifier, "SourceDetails": details}
    return {
        "Type": "AWS::Config::ConfigRule",
        "DependsOn": f"{rule.function}Permission",
        "Properties": {"Source": source, **scope},
    }


def _permissions(rules: Iterable[Rule]) -> dict[str, Any]:
    return {f"{rule.function}Permission": _permission(rule.function) for rule in rules if rule.function}


def _permission(function_id: str, principal: str = "config.amazonaws.com") -> dict[str, Any]:
    arn = {"Fn::GetAtt": [function_id, "Arn"]}
    may = {"FunctionName": arn, "Action": "lambda:InvokeFunction", "Principal": principal}
    return {"Type": "AWS::Lambda::Permission", "Properties": may}


def _ref(name: str) -> dict[str, str]:
    return {"Ref": name}
