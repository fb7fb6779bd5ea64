"""What a request submits."""

from __future__ import annotations

import pytest

from workbench.local_aws.cloudformation.submission import s3_address
from workbench.local_aws.service import AwsError


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://s3.eu-west-1.amazonaws.com/bucket/a/b.yaml", ("bucket", "a/b.yaml", None)),
        ("https://s3.amazonaws.com/bucket/key", ("bucket", "key", None)),
        ("https://bucket.s3.eu-west-1.amazonaws.com/a/b.yaml", ("bucket", "a/b.yaml", None)),
        ("https://bucket.s3.amazonaws.com/key?versionId=7", ("bucket", "key", "7")),
        ("http://127.0.0.1:4566/bucket/a%20b", ("bucket", "a b", None)),
        ("http://localhost:4566/bucket/key", ("bucket", "key", None)),
        ("http://bucket.localhost:4566/key", ("bucket", "key", None)),
        ("s3://bucket/a/b", ("bucket", "a/b", None)),
    ],
)
def test_a_template_in_s3_is_addressed_in_any_style(url: str, address: tuple[str, str, str | None]) -> None:
    assert s3_address(url) == address


@pytest.mark.parametrize("url", ["ftp://host/key", "template.yaml", "https://s3.amazonaws.com/"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(AwsError, match="TemplateURL must be a supported URL"):
        s3_address(url)
