"""What a request submits as a `Definition`: the template, wherever it comes from, parameters, tags, capabilities."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

from botocore.exceptions import ClientError

from workbench import templates
from workbench.local_aws.cloudformation import dynamic_references
from workbench.local_aws.cloudformation.model import Definition, Stack
from workbench.local_aws.cloudformation.provider import ProvisioningError
from workbench.local_aws.cloudformation.store import region_of
from workbench.local_aws.cloudformation.template import Outside, process
from workbench.local_aws.service import AwsError

Client = Callable[[str], Any]


def definition(request: Mapping[str, Any], stack: Stack, previous: Definition | None, client: Client) -> Definition:
    """What the request makes of the stack; None as `previous` for a stack that does not exist yet.

    Raises AwsError, and TransformFailed for what a transform refuses.
    """
    text = _text(request, previous, client)
    parameters = _parameters(request, previous)
    notification_arns = _kept(request, "NotificationARNs", previous.notification_arns if previous else ())
    account = stack.stack_id.split(":")[4]
    pseudo = templates.pseudo_parameters(region_of(stack), account, stack.name, stack.stack_id)
    pseudo["AWS::NotificationARNs"] = list(notification_arns)
    outside = Outside(lambda name: _stored(name, client), lambda url: fetch(url, client))
    processed = process(text, parameters, pseudo, outside)
    return Definition(
        template=processed,
        parameters=parameters,
        tags=_tags(request, previous),
        capabilities=tuple(request.get("Capabilities", ())),
        notification_arns=tuple(notification_arns),
        role_arn=request.get("RoleARN") or (previous.role_arn if previous else None),
    )


def _stored(name: str, client: Client) -> Any:
    """The value of a parameter of Systems Manager that a template's parameter names. Raises AwsError."""
    try:
        return dynamic_references.ssm_parameter(name, client)
    except ProvisioningError as error:
        message = f"Unable to fetch parameters [{name}] from parameter store for this account."
        raise AwsError("ValidationError", message) from error


def template_text(request: Mapping[str, Any], client: Client) -> str:
    """The body that the request holds or points to. Raises AwsError."""
    if "TemplateBody" in request:
        return str(request["TemplateBody"])
    if "TemplateURL" in request:
        return fetch(request["TemplateURL"], client)
    raise AwsError("ValidationError", "Either Template URL or Template Body must be specified.")


def fetch(url: str, client: Client) -> str:
    """A template in S3, by a URL of any style. Raises AwsError."""
    bucket, key, version = s3_address(url)
    try:
        arguments = {"Bucket": bucket, "Key": key, **({"VersionId": version} if version else {})}
        body: bytes = client("s3").get_object(**arguments)["Body"].read()
    except ClientError as error:
        raise AwsError("ValidationError", f"S3 error: {error.response['Error']['Message']} ({url})") from error
    return body.decode("utf-8")


def s3_address(url: str) -> tuple[str, str, str | None]:
    """Bucket, key and version of an address in any style, of S3 or of this endpoint. Raises AwsError for others."""
    parsed = urlparse(url)
    version = parse_qs(parsed.query).get("versionId", [None])[0]
    path = unquote(parsed.path.lstrip("/"))
    host = parsed.netloc.split(":")[0]
    if parsed.scheme == "s3":
        return host, path, version
    virtual, _, rest = host.partition(".s3")
    if parsed.scheme not in ("http", "https") or not path:
        raise AwsError("ValidationError", "TemplateURL must be a supported URL.")
    if rest and virtual:
        return virtual, path, version
    if host.startswith("s3") or not host.endswith(".localhost"):
        bucket, _, key = path.partition("/")
        return bucket, key, version
    return host.removesuffix(".localhost"), path, version


def _text(request: Mapping[str, Any], previous: Definition | None, client: Client) -> str:
    if request.get("UsePreviousTemplate"):
        if previous is None:
            raise AwsError("ValidationError", "UsePreviousTemplate cannot be used with a new stack.")
        return previous.template.text
    return template_text(request, client)


def _parameters(request: Mapping[str, Any], previous: Definition | None) -> dict[str, str]:
    return {item["ParameterKey"]: _value(item, previous) for item in request.get("Parameters", [])}


def _value(item: Mapping[str, Any], previous: Definition | None) -> str:
    if not item.get("UsePreviousValue"):
        return str(item.get("ParameterValue", ""))
    key = item["ParameterKey"]
    if previous and key in previous.parameters:
        return previous.parameters[key]
    declared = previous.template.submitted.section("Parameters") if previous else {}
    if key not in declared:
        raise AwsError("ValidationError", f"Invalid input for parameter key {key}. Cannot specify usePreviousValue")
    return str(declared[key].get("Default", ""))


def _tags(request: Mapping[str, Any], previous: Definition | None) -> dict[str, str]:
    if "Tags" not in request and previous:
        return dict(previous.tags)
    return {tag["Key"]: tag["Value"] for tag in request.get("Tags", [])}


def _kept(request: Mapping[str, Any], name: str, previous: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(request[name]) if name in request else previous
