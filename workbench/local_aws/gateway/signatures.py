"""Whether a request is signed with AWS Signature Version 4, and who signed it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbench.local_aws.gateway.asked import Asked

_CREDENTIAL = re.compile(r"AWS4-HMAC-SHA256\s+Credential=(?P<key>[^/,\s]+)/")


def caller(asked: Asked) -> Mapping[str, str] | None:
    """The identity behind a signature, in the header or in the query; None without one."""
    found = _CREDENTIAL.match(asked.header("authorization"))
    presigned = dict(asked.query).get("X-Amz-Credential", "")
    key = found["key"] if found else presigned.partition("/")[0]
    if not key:
        return None
    arn = f"arn:aws:iam::{asked.account}:root"
    return {
        "accessKey": key,
        "accountId": asked.account,
        "caller": asked.account,
        "user": asked.account,
        "userArn": arn,
    }
