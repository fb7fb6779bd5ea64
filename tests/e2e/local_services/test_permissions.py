"""Resource-based policies of functions: one for each function, version and alias."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.configuration import becomes, put_rule
from tests.e2e.local_services.functions import create
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

INVOKE = {"Action": "lambda:InvokeFunction", "Principal": "sns.amazonaws.com"}


@pytest.fixture(scope="module")
def name(aws: LocalAws) -> Iterator[str]:
    """A function with a version and an alias."""
    create(aws, "permitted", "def handler(event, context): ...")
    client = aws.client("lambda")
    client.publish_version(FunctionName="permitted")
    client.create_alias(FunctionName="permitted", Name="live", FunctionVersion="1")
    yield "permitted"
    client.delete_function(FunctionName="permitted")


def add(aws: LocalAws, name: str, statement: str, **settings: Any) -> dict[str, Any]:
    given = {"FunctionName": name, "StatementId": statement, **INVOKE, **settings}
    made: dict[str, Any] = json.loads(aws.client("lambda").add_permission(**given)["Statement"])
    return made


def ids(aws: LocalAws, name: str, **qualifier: str) -> list[str]:
    policy = json.loads(aws.client("lambda").get_policy(FunctionName=name, **qualifier)["Policy"])
    return [statement["Sid"] for statement in policy["Statement"]]


def test_functions_versions_and_aliases_have_policies_of_their_own(aws: LocalAws, name: str) -> None:
    add(aws, name, "of-function")
    add(aws, name, "of-version", Qualifier="1")
    made = add(aws, f"{name}:live", "of-alias")
    assert made["Resource"] == f"arn:aws:lambda:{aws.options.region}:123456789012:function:{name}:live"
    assert ids(aws, name) == ["of-function"]
    assert (ids(aws, name, Qualifier="1"), ids(aws, made["Resource"])) == (["of-version"], ["of-alias"])


def test_a_statement_id_is_taken_once_in_a_policy(aws: LocalAws, name: str) -> None:
    add(aws, name, "twice")
    add(aws, name, "twice", Qualifier="live")
    with pytest.raises(ClientError, match=r"The statement id \(twice\) provided already exists. Please") as refused:
        add(aws, name, "twice")
    assert refused.value.response["Error"]["Code"] == "ResourceConflictException"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409


def test_a_stale_revision_is_refused(aws: LocalAws, name: str) -> None:
    client = aws.client("lambda")
    add(aws, name, "first", Qualifier="live")
    revision = client.get_policy(FunctionName=name, Qualifier="live")["RevisionId"]
    add(aws, name, "second", Qualifier="live", RevisionId=revision)
    with pytest.raises(ClientError, match="PreconditionFailedException"):
        client.remove_permission(FunctionName=name, Qualifier="live", StatementId="first", RevisionId=revision)


def test_a_removed_statement_is_gone(aws: LocalAws, name: str) -> None:
    client = aws.client("lambda")
    add(aws, name, "leaving", Qualifier="live")
    client.remove_permission(FunctionName=name, Qualifier="live", StatementId="leaving")
    with pytest.raises(ClientError, match="Statement leaving is not found in resource policy"):
        client.remove_permission(FunctionName=name, Qualifier="live", StatementId="leaving")


def test_an_alias_takes_its_policy_with_it(aws: LocalAws, name: str) -> None:
    client = aws.client("lambda")
    again = {"FunctionName": name, "Name": "brief", "FunctionVersion": "1"}
    client.create_alias(**again)
    add(aws, name, "brief", Qualifier="brief")
    client.delete_alias(FunctionName=name, Name="brief")
    client.create_alias(**again)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        ids(aws, name, Qualifier="brief")


def test_who_comes_by_a_url_is_a_condition(aws: LocalAws, name: str) -> None:
    by_url = add(aws, name, "by-url", Principal="*", InvokedViaFunctionUrl=True)
    assert (by_url["Principal"], by_url["Condition"]) == ("*", {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}})
    url = {"Action": "lambda:InvokeFunctionUrl", "Principal": "*", "FunctionUrlAuthType": "NONE"}
    condition = add(aws, name, "url", **url)["Condition"]
    assert condition == {"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}}


def test_config_sees_who_may_invoke_an_alias(aws: LocalAws) -> None:
    create(aws, "seen", "def handler(event, context): ...")
    client, rule = aws.client("lambda"), put_rule(aws, "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED")
    client.publish_version(FunctionName="seen")
    client.create_alias(FunctionName="seen", Name="live", FunctionVersion="1")
    assert becomes(aws, rule, "seen", "COMPLIANT", "AWS::Lambda::Function")
    add(aws, "seen", "open", Qualifier="live", Principal="*", InvokedViaFunctionUrl=True)
    assert becomes(aws, rule, "seen", "NON_COMPLIANT", "AWS::Lambda::Function")
    client.remove_permission(FunctionName="seen", Qualifier="live", StatementId="open")
    assert becomes(aws, rule, "seen", "COMPLIANT", "AWS::Lambda::Function")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"Qualifier": "none"}, "ResourceNotFoundException"),
        ({"Qualifier": "$LATEST"}, "do not support adding policies for .LATEST"),
        ({"Principal": "nobody"}, "The provided principal was invalid"),
        ({"Action": "s3:GetObject"}, "at 'action' failed to satisfy constraint"),
        ({"StatementId": "a b"}, "at 'statementId' failed to satisfy constraint"),
        ({"FunctionUrlAuthType": "NONE"}, "only supported for lambda:InvokeFunctionUrl"),
    ],
)
def test_what_lambda_refuses(aws: LocalAws, name: str, settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ClientError, match=said):
        add(aws, name, **{"statement": settings.pop("StatementId", "refused"), **settings})
