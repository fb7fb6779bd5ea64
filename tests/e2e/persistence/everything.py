"""An account with something of everything: made with ordinary clients, and looked at again."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from tests.e2e.waiting import eventually

STACK = "everything"
BUCKET = "kept-bucket"
RULE = "versioned"
OFTEN = {"Delay": 1, "MaxAttempts": 180}
TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Greeting: {Type: String, Default: hello}}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketName: kept-bucket, VersioningConfiguration: {Status: Enabled}}
  Table: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: kept-table}}
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: kept-queue}}
  Greeter:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: greeter
      InlineCode: |
        import os
        def handler(event, context):
            print("greeted")
            return {"statusCode": 200, "body": os.environ["GREETING"], "process": os.getpid()}
      Handler: index.handler
      Runtime: python3.13
      AutoPublishAlias: live
      Environment: {Variables: {GREETING: !Ref Greeting, QUEUE: !Ref Queue}}
      Events: {Get: {Type: HttpApi, Properties: {Path: /greeting, Method: get}}}
  Versioned:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: versioned
      Source: {Owner: AWS, SourceIdentifier: S3_BUCKET_VERSIONING_ENABLED}
Outputs:
  Api: {Value: !Ref ServerlessHttpApi}
  Bucket: {Value: !Ref Bucket, Export: {Name: the-bucket}}
"""


def create(aws: Any) -> None:
    aws.client("cloudformation").create_stack(
        StackName=STACK, TemplateBody=TEMPLATE, Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
    )
    aws.client("cloudformation").get_waiter("stack_create_complete").wait(StackName=STACK, WaiterConfig=OFTEN)
    for body in (b"first", b"second"):
        aws.client("s3").put_object(Bucket=BUCKET, Key="note", Body=body)
    aws.client("dynamodb").put_item(TableName="kept-table", Item={"id": {"S": "one"}})
    aws.client("sqs").send_message(QueueUrl=queue_url(aws), MessageBody="wait")
    aws.client("ssm").put_parameter(Name="/kept", Value="secret", Type="SecureString")
    aws.client("cloudwatch").put_metric_data(Namespace="Kept", MetricData=[{"MetricName": "One", "Value": 1}])
    invoke(aws)
    assert eventually(lambda: compliance(aws) == "COMPLIANT")


def deploy(aws: Any, **parameters: str) -> None:
    """Updates the stack."""
    given = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
    aws.client("cloudformation").update_stack(
        StackName=STACK,
        UsePreviousTemplate=True,
        Parameters=given,
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    aws.client("cloudformation").get_waiter("stack_update_complete").wait(StackName=STACK, WaiterConfig=OFTEN)


def stack(aws: Any) -> Any:
    return aws.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]


def outputs(aws: Any) -> dict[str, str]:
    return {each["OutputKey"]: each["OutputValue"] for each in stack(aws)["Outputs"]}


def invoke(aws: Any) -> str:
    return str(_answer(aws)["body"])


def process(aws: Any) -> int:
    """The id of the process that the function runs in."""
    return int(_answer(aws)["process"])


def _answer(aws: Any) -> Any:
    return json.loads(aws.client("lambda").invoke(FunctionName="greeter")["Payload"].read())


def queue_url(aws: Any) -> str:
    return str(aws.client("sqs").get_queue_url(QueueName="kept-queue")["QueueUrl"])


def compliance(aws: Any) -> str | None:
    """What Config says of the bucket."""
    try:
        found = aws.client("config").get_compliance_details_by_config_rule(ConfigRuleName=RULE)["EvaluationResults"]
    except ClientError:
        return None
    of_bucket = [each for each in found if BUCKET in str(each["EvaluationResultIdentifier"])]
    return of_bucket[0]["ComplianceType"] if of_bucket else None
