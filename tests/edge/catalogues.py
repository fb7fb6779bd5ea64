"""Small catalogues for the edge's tests."""

from fitness.catalogue import Catalogue, load

RULES = """
version: 1
categories: {security: {title: Security}}
rules:
  s3-bucket-versioning-enabled:
    {title: Versioned, category: security, severity: low, resource_types: [AWS::S3::Bucket]}
  dynamodb-autoscaling-enabled:
    {title: Scaled, category: security, severity: low, resource_types: [AWS::DynamoDB::Table], frequency: One_Hour}
  some-switched-off-rule:
    {title: Switched off, category: security, severity: low, resource_types: [AWS::SQS::Queue], enforcement: off}
gate: {minimum: 0, wait: 600, settle: 30}
"""


def catalogue(text: str = RULES) -> Catalogue:
    return load(text)
