"""What EventBridge is told about stacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from workbench.local_aws.cloudformation.model import Stack
from workbench.local_aws.cloudformation.store import region_of
from workbench.local_aws.timestamps import in_seconds


def status_change(stack: Stack) -> Mapping[str, Any]:
    """The event `CloudFormation Stack Status Change` for the stack's latest status."""
    latest = stack.events[-1]
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "CloudFormation Stack Status Change",
        "source": "aws.cloudformation",
        "account": stack.stack_id.split(":")[4],
        "time": in_seconds(latest.timestamp),
        "region": region_of(stack),
        "resources": [stack.stack_id],
        "detail": {
            "stack-id": stack.stack_id,
            "status-details": {"status": latest.status, "status-reason": latest.reason or ""},
            "client-request-token": latest.token or "",
        },
    }
