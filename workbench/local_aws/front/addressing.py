"""Which operation of which service a request is meant for, by botocore's models.

Owns the names that requests are signed with, where they differ from botocore's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import UnknownServiceError

from workbench.local_aws.front import protocol
from workbench.local_aws.front.protocol import Addressed

_SIGNED_AS: Mapping[str, tuple[str, ...]] = {
    "access-analyzer": ("accessanalyzer",),
    "airflow": ("mwaa",),
    "aoss": ("opensearchserverless",),
    "apigateway": ("apigateway", "apigatewayv2"),
    "appconfig": ("appconfig", "appconfigdata"),
    "applicationinsights": ("application-insights",),
    "aps": ("amp",),
    "awsssoportal": ("sso",),
    "bedrock": ("bedrock", "bedrock-agent", "bedrock-agent-runtime", "bedrock-runtime"),
    "cassandra": ("keyspaces", "keyspacesstreams"),
    "cloudcontrolapi": ("cloudcontrol",),
    "dynamodb": ("dynamodb", "dynamodbstreams"),
    "elasticfilesystem": ("efs",),
    "elasticloadbalancing": ("elbv2", "elb"),
    "elasticmapreduce": ("emr",),
    "es": ("opensearch", "es"),
    "execute-api": ("apigatewaymanagementapi",),
    "geo": ("location",),
    "iotdata": ("iot-data",),
    "kinesisanalytics": ("kinesisanalyticsv2", "kinesisanalytics"),
    "lex": ("lexv2-models", "lexv2-runtime", "lex-models", "lex-runtime"),
    "mobiletargeting": ("pinpoint",),
    "monitoring": ("cloudwatch",),
    "personalize": ("personalize", "personalize-events", "personalize-runtime"),
    "profile": ("customer-profiles",),
    "rds": ("rds", "docdb", "neptune"),
    "s3": ("s3", "s3control"),
    "s3-object-lambda": ("s3",),
    "s3-outposts": ("s3outposts",),
    "sagemaker": ("sagemaker", "sagemaker-runtime", "sagemaker-metrics", "sagemaker-featurestore-runtime"),
    "servicecatalog": ("servicecatalog", "servicecatalog-appregistry"),
    "servicequotas": ("service-quotas",),
    "ses": ("sesv2", "ses", "mailmanager"),
    "signer": ("signer", "signer-data"),
    "sso": ("sso-admin",),
    "sso-oauth": ("sso-oidc",),
    "states": ("stepfunctions",),
    "tagging": ("resourcegroupstaggingapi",),
    "timestream": ("timestream-query", "timestream-write"),
}
_CONTROL_OF_S3 = "/v20180820/"


def services(signing_name: str) -> tuple[str, ...]:
    """botocore's names of the services whose requests are signed so."""
    return _SIGNED_AS.get(signing_name, (signing_name,))


def addressed(signing_name: str, request: Any) -> Addressed | None:
    """The operation that a request is meant for; None when botocore's models know none."""
    names = services(signing_name)
    if request.path.startswith(_CONTROL_OF_S3):
        # Any address could be an object of S3.
        names = tuple(reversed(names))
    found = (_address(name, request) for name in names)
    return next((each for each in found if each), None)


def _address(service: str, request: Any) -> Addressed | None:
    try:
        return protocol.address(service, request)
    except UnknownServiceError:
        return None
