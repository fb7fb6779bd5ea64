"""What CloudFormation puts beside Python code that stands in a template: the answer of a custom resource in one call.

Runs in the function, not in the workbench: the standard library alone.
"""

from __future__ import annotations

import json
import urllib.request
from typing import Any

SUCCESS = "SUCCESS"
FAILED = "FAILED"


def send(  # noqa: PLR0913, PLR0917 - CloudFormation's own signature
    event: Any,
    context: Any,
    responseStatus: str,  # noqa: N803
    responseData: Any,  # noqa: N803
    physicalResourceId: str | None = None,  # noqa: N803
    noEcho: bool = False,  # noqa: FBT001, FBT002, N803
    reason: str | None = None,
) -> None:
    """Answers the event; without a physical id, the name of the log stream serves as one."""
    answer = {
        "Status": responseStatus,
        "Reason": reason or f"See the details in CloudWatch Log Stream: {context.log_stream_name}",
        "PhysicalResourceId": physicalResourceId or context.log_stream_name,
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "NoEcho": noEcho,
        "Data": responseData,
    }
    body = json.dumps(answer).encode()
    request = urllib.request.Request(event["ResponseURL"], body, {"content-type": ""}, method="PUT")  # noqa: S310 - CloudFormation's own address
    urllib.request.urlopen(request).close()  # noqa: S310
