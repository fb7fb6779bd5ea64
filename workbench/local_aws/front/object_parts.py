"""The parts of S3 buckets and objects that moto does not know: it would take the whole for the part.

Deleting the analytics configuration of a bucket would delete the bucket.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from workbench.local_aws.front.request import Wanted

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_UNKNOWN = frozenset(
    {
        "abac",
        "analytics",
        "annotation",
        "intelligent-tiering",
        "metadataAnnotationTable",
        "metadataConfiguration",
        "metadataInventoryTable",
        "metadataJournalTable",
        "metadataTable",
        "metrics",
        "renameObject",
        "requestPayment",
        "session",
        "torrent",
    }
)
_UNKNOWN_BY_METHOD = {"DELETE": {"inventory"}, "GET": {"retention"}}


def is_unknown_part(asked: Wanted, environ: WSGIEnvironment) -> bool:
    if asked.service != "s3":
        return False
    parts = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True).keys()
    return bool(parts & (_UNKNOWN | _UNKNOWN_BY_METHOD.get(environ["REQUEST_METHOD"], set())))
