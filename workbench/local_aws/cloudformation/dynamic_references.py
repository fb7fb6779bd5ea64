"""`{{resolve:...}}` in properties, and template parameters that name a parameter of Systems Manager."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from workbench.local_aws.cloudformation.provider import ProvisioningError

_REFERENCE = re.compile(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]+)\}\}")

Client = Callable[[str], Any]


def replaced(value: Any, client: Client) -> Any:
    """The value with every dynamic reference inside answered. Raises ProvisioningError."""
    if isinstance(value, str):
        return _REFERENCE.sub(lambda match: _answer(match[1], match[2], client), value)
    if isinstance(value, list):
        return [replaced(item, client) for item in value]
    if isinstance(value, dict):
        return {key: replaced(item, client) for key, item in value.items()}
    return value


def ssm_parameter(name: str, client: Client) -> Any:
    """The current value of a parameter of Systems Manager; a list when it is a list."""
    try:
        parameter = client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]
    except ClientError as error:
        raise ProvisioningError(f"Parameters: [{name}] cannot be found in Systems Manager.") from error
    return parameter["Value"].split(",") if parameter["Type"] == "StringList" else parameter["Value"]


def _answer(service: str, reference: str, client: Client) -> str:
    if service != "secretsmanager":
        return str(ssm_parameter(reference, client))
    # An ARN holds six colons of its own before the key.
    split = reference.split(":")
    width = 7 if reference.startswith("arn:") else 1
    secret_id, rest = ":".join(split[:width]), split[width:]
    try:
        text: str = client("secretsmanager").get_secret_value(SecretId=secret_id)["SecretString"]
    except ClientError as error:
        raise ProvisioningError(f"Secrets Manager can't find the secret {secret_id}.") from error
    key = rest[1] if len(rest) > 1 else ""
    return str(json.loads(text)[key]) if key else text
