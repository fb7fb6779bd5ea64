"""What a raw request is about."""

from __future__ import annotations

import pytest
from werkzeug.test import EnvironBuilder

from workbench.local_aws.front.request import Wanted, wanted

FORM = "application/x-www-form-urlencoded"


def scope(service: str) -> dict[str, str]:
    credential = f"AWS4-HMAC-SHA256 Credential=test/20261123/eu-west-1/{service}/aws4_request, SignedHeaders=host"
    return {"Authorization": credential}


@pytest.mark.parametrize(
    ("builder", "expected"),
    [
        pytest.param(
            EnvironBuilder(method="POST", headers={**scope("config"), "X-Amz-Target": "StarlingDove.PutConfigRule"}),
            Wanted("config", "PutConfigRule", "eu-west-1", writes=True, protocol="json"),
            id="json names the operation in a header",
        ),
        pytest.param(
            EnvironBuilder(method="POST", headers={**scope("config"), "X-Amz-Target": "S.DescribeConfigRules"}),
            Wanted("config", "DescribeConfigRules", "eu-west-1", writes=False, protocol="json"),
            id="describing writes nothing",
        ),
        pytest.param(
            EnvironBuilder(method="POST", headers=scope("iam"), content_type=FORM, data=b"Action=CreateRole&Version=1"),
            Wanted("iam", "CreateRole", "eu-west-1", writes=True, protocol="query"),
            id="query names it in the form",
        ),
        pytest.param(
            EnvironBuilder(path="/2015-03-31/functions", headers=scope("lambda")),
            Wanted("lambda", "GET /2015-03-31/functions", "eu-west-1", writes=False, protocol="rest-json"),
            id="rest names method and path",
        ),
        pytest.param(
            EnvironBuilder(method="PUT", path="/b/k", query_string="X-Amz-Credential=t/1/eu-west-1/s3/aws4_request"),
            Wanted("s3", "PUT /b/k", "eu-west-1", writes=True, protocol="rest-xml"),
            id="a presigned address carries its scope itself",
        ),
        pytest.param(
            EnvironBuilder(path="/b/k"),
            Wanted("s3", "GET /b/k", "us-east-1", writes=False, protocol="rest-xml"),
            id="without a signature it is about a public object",
        ),
    ],
)
def test_a_request_tells_what_it_wants(builder: EnvironBuilder, expected: Wanted) -> None:
    assert wanted(builder.get_environ()) == expected


def test_a_form_can_be_read_again() -> None:
    environ = EnvironBuilder(
        method="POST", headers=scope("sns"), content_type=FORM, data=b"Action=Publish"
    ).get_environ()
    wanted(environ)
    assert environ["wsgi.input"].read() == b"Action=Publish"
