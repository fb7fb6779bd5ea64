"""Who may call a REST API: Lambda authorizers, user pools, IAM, API keys, resource policies, permissions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.gateway.asking import ECHO, SERVERLESS, SIGNED, Api, api, function, route

pytestmark = pytest.mark.slow

AUTHORIZER = """
asked = []
def handler(event, context):
    token = event.get("authorizationToken") or event["queryStringParameters"]["q"]
    asked.append(token)
    if token == "unknown":
        raise Exception("Unauthorized")
    if token == "crash":
        raise Exception("broken")
    statement = {"Action": "execute-api:Invoke", "Effect": "Deny" if token == "denied" else "Allow",
                 "Resource": event["methodArn"].replace("/tokens", "/elsewhere") if token == "other" else "*"}
    return {"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
            "context": {"asked": len(asked), "type": event["type"]}, "usageIdentifierKey": "none"}
"""
ARN = {"Fn::GetAtt": ["Authorizer", "Arn"]}
RESOURCES: dict[str, Any] = {
    "Pool": {"Type": "AWS::Cognito::UserPool"},
    "Authorizer": function(AUTHORIZER),
    "Rest": {
        "Type": "AWS::Serverless::Api",
        "Properties": {
            "StageName": "Prod",
            "Auth": {
                "ResourcePolicy": {
                    "CustomStatements": [
                        {"Effect": effect, "Principal": "*", "Action": "execute-api:Invoke", "Resource": resource}
                        for effect, resource in (("Allow", "execute-api:/*"), ("Deny", "execute-api:/*/GET/closed"))
                    ]
                },
                "UsagePlan": {"CreateUsagePlan": "PER_API"},
                "Authorizers": {
                    "Token": {"FunctionArn": ARN, "Identity": {"ReauthorizeEvery": 60}},
                    "Request": {
                        "FunctionArn": ARN,
                        "FunctionPayloadType": "REQUEST",
                        "Identity": {"QueryStrings": ["q"], "ReauthorizeEvery": 0},
                    },
                    "Users": {"UserPoolArn": {"Fn::GetAtt": ["Pool", "Arn"]}},
                },
            },
        },
    },
    "Function": function(
        ECHO,
        AutoPublishAlias="live",
        Events={
            "Tokens": route("/tokens", Auth={"Authorizer": "Token"}),
            "Requests": route("/requests", Auth={"Authorizer": "Request"}),
            "Users": route("/users", Auth={"Authorizer": "Users"}),
            "Signed": route("/signed", Auth={"Authorizer": "AWS_IAM"}),
            "Keyed": route("/keyed", Auth={"ApiKeyRequired": True}),
            "Closed": route("/closed"),
            "Open": route("/open"),
        },
    ),
}


@pytest.fixture(scope="module")
def rest(stacks: Stacks) -> Api:
    stacks.create("access", RESOURCES, Transform=SERVERLESS)
    return api(stacks, "access", "Rest", "/Prod")


def test_a_token_that_the_authorizer_allows_gets_through_with_its_context(rest: Api) -> None:
    context = rest.get("/tokens", Authorization="good").json["requestContext"]["authorizer"]
    assert (context["principalId"], context["type"]) == ("user", "TOKEN")


def test_an_authorizer_is_asked_once_in_its_time_to_live(rest: Api) -> None:
    counts = [rest.get("/tokens", Authorization="twice").json["requestContext"]["authorizer"]["asked"] for _ in "ab"]
    assert counts[0] == counts[1]


def test_an_authorizer_without_a_time_to_live_is_asked_each_time(rest: Api) -> None:
    counts = [rest.get("/requests?q=a").json["requestContext"]["authorizer"]["asked"] for _ in "ab"]
    assert counts[0] != counts[1]


@pytest.mark.parametrize(
    ("token", "status", "body"),
    [
        ("denied", 403, {"Message": "User is not authorized to access this resource with an explicit deny"}),
        ("other", 403, {"Message": "User is not authorized to access this resource"}),
        ("unknown", 401, {"message": "Unauthorized"}),
        ("", 401, {"message": "Unauthorized"}),
        ("crash", 500, {"message": None}),
    ],
)
def test_an_authorizer_turns_away(rest: Api, token: str, status: int, body: Any) -> None:
    assert rest.get("/tokens", Authorization=token).said == (status, body)


def test_a_request_without_its_identity_source_is_unauthorized(rest: Api) -> None:
    assert rest.get("/requests").status == 401


def test_a_user_of_the_pool_gets_through_with_the_claims(stacks: Stacks, rest: Api) -> None:
    tokens = _sign_in(stacks)
    claims = rest.get("/users", Authorization=f"Bearer {tokens['IdToken']}").json["requestContext"]["authorizer"]
    assert claims["claims"]["cognito:username"] == "anna"
    assert rest.get("/users", Authorization=tokens["AccessToken"]).said == (401, {"message": "Unauthorized"})


def test_a_forged_token_is_unauthorized(stacks: Stacks, rest: Api) -> None:
    head, claims, _ = _sign_in(stacks)["IdToken"].split(".")
    assert rest.get("/users", Authorization=f"{head}.{claims}.AAAA").status == 401
    assert rest.get("/users", Authorization="nonsense").status == 401


def test_iam_wants_a_signature(rest: Api) -> None:
    assert rest.get("/signed").said == (403, {"message": "Missing Authentication Token"})
    identity = rest.get("/signed", Authorization=SIGNED).json["requestContext"]["identity"]
    assert (identity["accessKey"], identity["accountId"]) == ("AKIDEXAMPLE", "123456789012")


def test_a_method_that_requires_a_key_wants_one_of_its_usage_plan(stacks: Stacks, rest: Api) -> None:
    gateway = stacks.aws.client("apigateway")
    key = next(key for key in gateway.get_api_keys(includeValues=True)["items"] if key["name"].startswith("access-"))
    stranger = gateway.create_api_key(name="stranger", enabled=True)
    assert rest.get("/keyed").said == (403, {"message": "Forbidden"})
    assert rest.get("/keyed", x_api_key=stranger["value"]).status == 403
    assert rest.get("/keyed", x_api_key=key["value"]).json["requestContext"]["identity"]["apiKeyId"] == key["id"]


def test_a_resource_policy_denies(rest: Api) -> None:
    answer = rest.get("/closed")
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (403, "AccessDeniedException")
    assert answer.json["Message"].endswith("/Prod/GET/closed with an explicit deny")


def test_a_function_that_does_not_permit_the_api_is_not_invoked(stacks: Stacks, rest: Api) -> None:
    client = stacks.aws.client("lambda")
    assert rest.get("/open").status == 200
    permission = stacks.physical_id("access", "FunctionOpenPermissionProd")
    function = stacks.physical_id("access", "Function")
    client.remove_permission(FunctionName=function, StatementId=permission, Qualifier="live")
    assert rest.get("/open").said == (500, {"message": "Internal server error"})


def _sign_in(stacks: Stacks) -> dict[str, str]:
    """The tokens of a user that is made for the purpose."""
    users = stacks.aws.client("cognito-idp")
    pool = stacks.physical_id("access", "Pool")
    flow = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    client = users.create_user_pool_client(UserPoolId=pool, ClientName="c", ExplicitAuthFlows=flow)["UserPoolClient"]
    if not users.list_users(UserPoolId=pool)["Users"]:
        users.admin_create_user(UserPoolId=pool, Username="anna")
    users.admin_set_user_password(UserPoolId=pool, Username="anna", Password="Passw0rd!", Permanent=True)
    signed_in = users.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=client["ClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "anna", "PASSWORD": "Passw0rd!"},
    )
    return dict(signed_in["AuthenticationResult"])
