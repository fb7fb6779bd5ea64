"""What a raw request is about."""

from __future__ import annotations

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from workbench.local_aws.errors import not_found_page, not_implemented, unexpected
from workbench.local_aws.request import Wanted, wanted

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


@pytest.mark.parametrize(
    ("protocol", "content"),
    [
        ("json", '"__type": "NotImplemented"'),
        ("rest-json", '"__type": "NotImplemented"'),
        ("query", "<Code>NotImplemented</Code>"),
        ("rest-xml", "<Error><Code>NotImplemented</Code>"),
    ],
)
def test_what_is_missing_is_named_in_the_protocol_of_the_service(protocol: str, content: str) -> None:
    response = not_implemented(Wanted("config", "Predict", "eu-west-1", writes=True, protocol=protocol))
    assert response.status_code == 501
    assert content in response.get_data(as_text=True)
    assert "does not implement config:Predict." in response.get_data(as_text=True)


ASKED = Wanted("config", "Predict", "eu-west-1", writes=True, protocol="json")


def test_a_stumble_is_an_internal_failure_that_names_the_operation() -> None:
    response = unexpected(ASKED, KeyError("name"))
    assert response.status_code == 500
    assert "config:Predict failed in the local AWS: KeyError" in response.get_data(as_text=True)
    assert unexpected(ASKED, NotImplementedError()).status_code == 501


def test_a_page_without_a_route_becomes_an_error() -> None:
    page = not_found_page(ASKED, Response("<h1>Not Found</h1>", 404, mimetype="text/html"))
    assert page is not None
    assert page.status_code == 501


def test_errors_of_the_service_pass() -> None:
    assert not_found_page(ASKED, Response("{}", 404, mimetype="application/json")) is None
    assert not_found_page(ASKED, Response("<h1>Found</h1>", 200, mimetype="text/html")) is None
