"""The state of the services, in the shape in which templates describe it: one reader a service.

Every reader asks through the public API, so what it sees is what any client has done. Its key is the name with which
requests to the service are signed.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbench.local_aws.config.inventory import Reader
from workbench.local_aws.config.state import (
    apigateway,
    autoscaling,
    cloudformation,
    cloudwatch,
    codedeploy,
    cognito,
    dynamodb,
    ec2,
    events,
    iam,
    kinesis,
    kms,
    lambda_,
    logs,
    messaging,
    s3,
    secretsmanager,
    states,
    wafv2,
)

READERS: Mapping[str, Reader] = {
    "apigateway": apigateway.read,
    "application-autoscaling": autoscaling.read,
    "cloudformation": cloudformation.read,
    "codedeploy": codedeploy.read,
    "cognito-idp": cognito.read,
    "dynamodb": dynamodb.read,
    "ec2": ec2.read,
    "events": events.read,
    "iam": iam.read,
    "kinesis": kinesis.read,
    "kms": kms.read,
    "lambda": lambda_.read,
    "logs": logs.read,
    "monitoring": cloudwatch.read,
    "s3": s3.read,
    "secretsmanager": secretsmanager.read,
    "sns": messaging.read_topics,
    "sqs": messaging.read_queues,
    "states": states.read,
    "wafv2": wafv2.read,
}
