"""What services answer where moto alone would answer otherwise."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.configuration import table
from tests.e2e.local_services.functions import create
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow


def test_a_table_is_being_deleted_before_it_is_gone(aws: LocalAws) -> None:
    client, name = aws.client("dynamodb"), table(aws, "unwanted")
    assert client.delete_table(TableName=name)["TableDescription"]["TableStatus"] == "DELETING"
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.describe_table(TableName=name)


def test_a_key_awaits_its_deletion(aws: LocalAws) -> None:
    client = aws.client("kms")
    key = client.create_key()["KeyMetadata"]
    answer = client.schedule_key_deletion(KeyId=key["KeyId"], PendingWindowInDays=7)
    assert (answer["KeyId"], answer["KeyState"]) == (key["Arn"], "PendingDeletion")
    assert answer["PendingWindowInDays"] == 7


def test_each_change_of_an_alias_is_a_revision(aws: LocalAws) -> None:
    create(aws, "revised", "def handler(event, context): return 1")
    client, alias = aws.client("lambda"), {"FunctionName": "revised", "Name": "live"}
    first = client.create_alias(**alias, FunctionVersion="$LATEST")["RevisionId"]
    second = client.update_alias(**alias, Description="new", RevisionId=first)["RevisionId"]
    assert second not in (None, first)
    with pytest.raises(ClientError, match="PreconditionFailedException"):
        client.update_alias(**alias, Description="late", RevisionId=first)
    assert client.get_alias(**alias)["Description"] == "new"
