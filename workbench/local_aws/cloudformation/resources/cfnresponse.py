"""What CloudFormation puts beside Python code that stands in a template: the answer of a custom resource in one call.

Runs in the function, not in the workbench: the standard library alone.
"""

import json
import urllib.request

SUCCESS = "SUCCESS"
FAILED = "FAILED"


def send(event, context, responseStatus, responseData, physicalResourceId=None, noEcho=False, reason=None):  # noqa: ANN001, ANN201, FBT002, N803, PLR0913, PLR0917 - CloudFormation's signature
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
