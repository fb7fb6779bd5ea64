"""A small application, with what a first catalogue has to say about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from workbench.init.first import first_catalogue
from workbench.preview import Request

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Conditions: {Never: !Equals [a, b]}
Resources:
  Uploads:
    Type: AWS::S3::Bucket
    Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Logs}}
  Logs:
    Type: AWS::S3::Bucket
  Website:
    Type: AWS::S3::Bucket
    Condition: Never
  Orders:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}}
  Dead:
    Type: AWS::SQS::Queue
  Open:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "sqs:*", Resource: "*"}]}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.14
      Handler: index.handler
      InlineCode: "def handler(event, context): return event"
"""
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def first(folder: Path, template: str = TEMPLATE) -> str:
    path = folder / "template.yaml"
    path.write_text(template)
    return first_catalogue(Request(str(path)), NOW)
