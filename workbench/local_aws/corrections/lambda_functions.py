"""What Lambda says of functions, their code, their layers and their aliases."""

from __future__ import annotations

import json
import uuid
from typing import Any
from urllib.parse import unquote

from workbench.local_aws.corrections.replacing import replace_once


def correct() -> None:
    _take_layers_of_other_accounts()
    _find_layers_by_their_arns()
    _miss_code_that_is_not_there()
    _revise_changed_aliases()
    _change_aliases_of_the_known_revision()


def _take_layers_of_other_accounts() -> None:
    """Layers that others publish (Powertools, Insights) are taken as they are named; they bring no code here."""
    from moto.awslambda.models import LambdaFunction

    original = LambdaFunction._get_layers_data

    def get_layers_data(self: Any, arns: list[str]) -> Any:
        own = {arn for arn in arns if arn.split(":")[4] == self.account_id}
        known = iter(original(self, [arn for arn in arns if arn in own]))
        return [next(known) if arn in own else {"Arn": arn, "CodeSize": 0} for arn in arns]

    replace_once(LambdaFunction, "_get_layers_data", get_layers_data)


def _find_layers_by_their_arns() -> None:
    """Lambda takes the ARN of a layer for its name; moto takes it for another layer."""
    from moto.awslambda.models import LambdaBackend

    listed, published = LambdaBackend.list_layer_versions, LambdaBackend.publish_layer_version

    def name_of(layer: str) -> str:
        return unquote(layer).rpartition(":")[2]

    def list_layer_versions(self: Any, layer_name: str) -> Any:
        return listed(self, name_of(layer_name))

    def publish_layer_version(self: Any, spec: dict[str, Any]) -> Any:
        return published(self, {**spec, "LayerName": name_of(spec["LayerName"])})

    replace_once(LambdaBackend, "list_layer_versions", list_layer_versions)
    replace_once(LambdaBackend, "publish_layer_version", publish_layer_version)


def _miss_code_that_is_not_there() -> None:
    """moto makes a function without code where its object does not exist."""
    from moto.awslambda.exceptions import InvalidParameterValueException
    from moto.awslambda.models import LambdaFunction
    from moto.s3.models import s3_backends

    original = LambdaFunction._set_function_code

    def set_function_code(self: Any, code: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        s3, bucket = s3_backends[self.account_id][self.partition], code.get("S3Bucket")
        if bucket in s3.buckets and s3.get_object(bucket, code["S3Key"], code.get("S3ObjectVersion")) is None:
            said = "S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist."
            raise InvalidParameterValueException(f"Error occurred while GetObject. {said}")
        original(self, code, *args, **kwargs)

    replace_once(LambdaFunction, "_set_function_code", set_function_code)


def _revise_changed_aliases() -> None:
    """moto gives an alias one revision for its life."""
    from moto.awslambda.models import LambdaAlias

    original = LambdaAlias.update

    def update(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        self.revision_id = str(uuid.uuid4())

    replace_once(LambdaAlias, "update", update)


def _change_aliases_of_the_known_revision() -> None:
    """moto changes an alias whatever revision the caller believes it to have."""
    from moto.awslambda.exceptions import LambdaClientError
    from moto.awslambda.responses import LambdaResponse

    original = LambdaResponse.update_alias

    def update_alias(self: Any) -> Any:
        *_, function, _, alias = unquote(self.path).split("/")
        expected = json.loads(self.body).get("RevisionId")
        if expected not in (None, self.backend.get_alias(alias, function).revision_id):
            said = (
                "The RevisionId provided does not match the latest RevisionId for the Lambda function or alias. "
                "Call the GetFunction or the GetAlias API to retrieve the latest RevisionId for your resource."
            )
            error = LambdaClientError("PreconditionFailedException", said)
            error.code = 412
            raise error
        return original(self)

    replace_once(LambdaResponse, "update_alias", update_alias)
