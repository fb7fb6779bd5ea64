"""The state of the services, in the shape in which templates describe it: one reader a service.

Every reader asks through the public API, so what it sees is what any client has done. Its key is the name with which
requests to the service are signed.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbench.local_aws.config.inventory import Reader
from workbench.local_aws.config.state import autoscaling, cloudformation, dynamodb, lambda_, logs, s3

READERS: Mapping[str, Reader] = {
    "application-autoscaling": autoscaling.read,
    "cloudformation": cloudformation.read,
    "dynamodb": dynamodb.read,
    "lambda": lambda_.read,
    "logs": logs.read,
    "s3": s3.read,
}
