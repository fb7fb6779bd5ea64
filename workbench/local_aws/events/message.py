"""An event as EventBridge delivers it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workbench.local_aws.service import RequestContext
from workbench.local_aws.timestamps import in_seconds


def new_event(
    context: RequestContext, source: str, kind: str, detail: Mapping[str, Any], resources: list[str]
) -> dict[str, Any]:
    """An event of this moment; `kind` is its detail type."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": kind,
        "source": source,
        "account": context.account,
        "time": stamp(time.time()),
        "region": context.region,
        "resources": resources,
        "detail": detail,
    }


def stamp(moment: datetime | float) -> str:
    at = moment if isinstance(moment, datetime) else datetime.fromtimestamp(moment, UTC)
    return in_seconds(at)
