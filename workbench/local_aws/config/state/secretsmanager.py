"""Secrets Manager: secrets and their rotation."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    for secret in pages(clients("secretsmanager"), "list_secrets", "SecretList"):
        arn = secret["ARN"]
        properties = picked(secret, "Name", "Description", "KmsKeyId", "Tags")
        yield Resource(arn, "AWS::SecretsManager::Secret", arn, properties, {"Arn": arn, "Name": secret["Name"]})
        if secret.get("RotationEnabled"):
            rules = picked(
                secret.get("RotationRules") or {}, "AutomaticallyAfterDays", "ScheduleExpression", "Duration"
            )
            schedule = {"SecretId": arn, "RotationLambdaARN": secret.get("RotationLambdaARN"), "RotationRules": rules}
            physical_id = f"{arn}/rotation"
            yield Resource(physical_id, "AWS::SecretsManager::RotationSchedule", arn, compact(schedule))
