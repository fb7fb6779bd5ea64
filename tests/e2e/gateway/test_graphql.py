"""GraphQL APIs of AppSync over HTTP."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.gateway.asking import Api

pytestmark = pytest.mark.slow


def test_resolvers_are_said_not_to_run_to_those_who_may_call(stacks: Stacks) -> None:
    appsync = stacks.aws.client("appsync")
    made = appsync.create_graphql_api(name="shop", authenticationType="API_KEY")["graphqlApi"]
    key = appsync.create_api_key(apiId=made["apiId"])["apiKey"]["id"]
    host = urlsplit(made["uris"]["GRAPHQL"]).netloc
    answers = [Api(stacks.aws.url).ask("POST", "/graphql", b"{}", Host=host, x_api_key=given) for given in ("no", key)]
    assert [(answer.status, answer.json["errors"][0]["errorType"]) for answer in answers] == [
        (401, "UnauthorizedException"),
        (501, "NotImplementedException"),
    ]
