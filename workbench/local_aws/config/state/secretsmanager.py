"""Secrets Manager: secrets and their rotation."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, found, pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_RULES = ("AutomaticallyAfterDays", "ScheduleExpression", "Duration")


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("secretsmanager")
    for listed in pages(client, "list_secrets", "SecretList"):
        arn = listed["ARN"]
        secret = found(client.describe_secret, SecretId=arn)
        properties = picked(secret, "Name", "Description", "KmsKeyId", "Tags")
        yield Resource(arn, "AWS::SecretsManager::Secret", arn, properties, {"Arn": arn, "Name": listed["Name"]})
        if secret.get("RotationEnabled"):
            rules = picked(secret.get("RotationRules") or {}, *_RULES)
            schedule = {"SecretId": arn, "RotationLambdaARN": secret.get("RotationLambdaARN"), "RotationRules": rules}
            physical_id = f"{arn}/rotation"
            yield Resource(physical_id, "AWS::SecretsManager::RotationSchedule", arn, compact(schedule))
