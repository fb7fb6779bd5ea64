"""What S3 tells of an object: its event notification, and its event on EventBridge."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus

from workbench.local_aws.events.message import new_event
from workbench.local_aws.service import RequestContext
from workbench.local_aws.timestamps import in_milliseconds

_OWNER = "A3NL1KOZZKEXAMPLE"
_REASONS = {
    "s3:ObjectCreated:Put": "PutObject",
    "s3:ObjectCreated:Post": "POST Object",
    "s3:ObjectCreated:Copy": "CopyObject",
    "s3:ObjectCreated:CompleteMultipartUpload": "CompleteMultipartUpload",
    "s3:ObjectRemoved:Delete": "DeleteObject",
}
_KINDS = {
    "ObjectCreated": "Object Created",
    "ObjectRemoved": "Object Deleted",
    "ObjectAcl": "Object ACL Updated",
    "ObjectTagging:Put": "Object Tags Added",
    "ObjectTagging:Delete": "Object Tags Deleted",
    "ObjectRestore:Post": "Object Restore Initiated",
    "ObjectRestore:Completed": "Object Restore Completed",
}


@dataclass(frozen=True)
class Change:
    """A change of an object; `name` is that of the event (`s3:ObjectCreated:Put`), bucket and key are moto's."""

    account: str
    name: str
    bucket: Any
    key: Any

    @property
    def removes(self) -> bool:
        return self.name.startswith("s3:ObjectRemoved")


def notified(change: Change, configuration_id: str) -> Mapping[str, Any]:
    """The event of a notification."""
    now = in_milliseconds(datetime.now(UTC))
    bucket = {"name": change.bucket.name, "ownerIdentity": {"principalId": _OWNER}, "arn": change.bucket.arn}
    record = {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": change.bucket.region_name,
        "eventTime": now,
        "eventName": change.name.removeprefix("s3:"),
        "userIdentity": {"principalId": f"AWS:{change.account}"},
        "requestParameters": {"sourceIPAddress": "127.0.0.1"},
        "responseElements": {"x-amz-request-id": uuid.uuid4().hex[:16].upper(), "x-amz-id-2": uuid.uuid4().hex},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": configuration_id,
            "bucket": bucket,
            "object": {"key": quote_plus(change.key.name, safe="/"), **_object(change, "eTag", "versionId")},
        },
    }
    return {"Records": [record]}


def bridged(change: Change) -> Mapping[str, Any]:
    """The event on EventBridge."""
    kind = next((kind for part, kind in _KINDS.items() if change.name.startswith(f"s3:{part}")), change.name)
    detail = {
        "version": "0",
        "bucket": {"name": change.bucket.name},
        "object": {"key": change.key.name, **_object(change, "etag", "version-id")},
        "request-id": uuid.uuid4().hex[:16].upper(),
        "requester": change.account,
        "source-ip-address": "127.0.0.1",
        **({"reason": _REASONS[change.name]} if change.name in _REASONS else {}),
        **({"deletion-type": "Permanently Deleted"} if change.removes else {}),
    }
    context = RequestContext(change.account, change.bucket.region_name)
    return new_event(context, "aws.s3", kind, detail, [change.bucket.arn])


def _object(change: Change, etag: str, version: str) -> dict[str, Any]:
    """What is left of an object that is removed has no size."""
    content = {} if change.removes else {"size": change.key.size, etag: change.key.etag.strip('"')}
    versioned = {version: change.key.version_id} if change.bucket.is_versioned else {}
    return {**content, **versioned, "sequencer": f"{time.time_ns():018X}"}
