"""Parts of templates that the tests of serverless resources share."""

from __future__ import annotations

from typing import Any

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}

BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"

ALLOW = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}

ROLE = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST}}


def of(type_: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::{type_}", "Properties": properties}


def function(**properties: Any) -> dict[str, Any]:
    return of(
        "Lambda::Function",
        **{
            "Code": {"ZipFile": "def handler(event, context): return 1"},
            "Handler": "index.handler",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Runtime": "python3.14",
            **properties,
        },
    )
