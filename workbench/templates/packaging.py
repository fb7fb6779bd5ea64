"""What `sam build` and `sam deploy` do to a template before CloudFormation sees it.

Owns `packaged`: local code, layers and definitions become objects in a bucket, because the SAM transform takes nothing
else. The objects are stand-ins, nothing is read or uploaded.
"""

from __future__ import annotations

import copy
import re
from typing import Any

BUCKET = "packaged-artifacts"
_IMAGE = "000000000000.dkr.ecr.us-east-1.amazonaws.com/packaged:latest"
_URIS = {
    "AWS::Serverless::Api": "DefinitionUri",
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::HttpApi": "DefinitionUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
    "AWS::Serverless::StateMachine": "DefinitionUri",
}
_OBJECTS = {
    "AWS::ApiGateway::RestApi": ("BodyS3Location", "Bucket", "Key"),
    "AWS::Lambda::Function": ("Code", "S3Bucket", "S3Key"),
    "AWS::Lambda::LayerVersion": ("Content", "S3Bucket", "S3Key"),
    "AWS::StepFunctions::StateMachine": ("DefinitionS3Location", "Bucket", "Key"),
}
_CODE = ("CodeUri", "InlineCode", "ImageUri")


def packaged(template: dict[str, Any]) -> dict[str, Any]:
    """A copy of the template in which every local artifact is an object in a bucket."""
    template = copy.deepcopy(template)
    common = (template.get("Globals") or {}).get("Function")
    common = common if isinstance(common, dict) else {}
    _name_object(common, "CodeUri")
    for body in template["Resources"].values():
        if isinstance(body, dict) and isinstance(body.get("Type"), str):
            _package(body, common)
    return template


def _package(body: dict[str, Any], common: dict[str, Any]) -> None:
    properties = body["Properties"] = body.get("Properties") or {}
    if not isinstance(properties, dict):
        return
    kind = body["Type"]
    if kind == "AWS::Serverless::Function":
        _add_code(properties, common)
    if kind in _URIS:
        _name_object(properties, _URIS[kind])
    if kind in _OBJECTS:
        name, bucket, key = _OBJECTS[kind]
        if isinstance(properties.get(name), str):
            properties[name] = {bucket: BUCKET, key: _key(properties[name])}


def local_path(location: Any) -> str | None:
    """The path of the local file that an object stands for, if it does."""
    match location:
        case {"Bucket": bucket, "Key": str() as key} if bucket == BUCKET:
            return key
    return None


def _add_code(properties: dict[str, Any], common: dict[str, Any]) -> None:
    """Without a location, `sam build` takes the template's own folder or builds the image."""
    merged = {**common, **properties}
    if not any(name in merged for name in _CODE):
        name, uri = ("ImageUri", _IMAGE) if merged.get("PackageType") == "Image" else ("CodeUri", ".")
        properties[name] = uri


def _name_object(properties: dict[str, Any], name: str) -> None:
    location = properties.get(name)
    if location is not None and not _is_object(location):
        properties[name] = f"s3://{BUCKET}/{_key(location)}"


def _is_object(location: Any) -> bool:
    """Whether the SAM transform takes the location as it is; it does not resolve intrinsic functions in it."""
    if isinstance(location, str):
        return location.startswith("s3://")
    return isinstance(location, dict) and {"Bucket", "Key"} <= location.keys()


def _key(location: Any) -> str:
    """The path itself, as far as an S3 URI can hold it."""
    return re.sub(r"[^\w./-]", "-", location).removeprefix("./") if isinstance(location, str) else "computed"
