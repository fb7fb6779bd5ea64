"""`Fn::Transform` with AWS::Include: parts of a template that are kept in S3.

Owns putting them in their place, before anything else reads the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.local_aws.service import AwsError
from workbench.templates import Document, InvalidTemplate
from workbench.templates.yaml_reader import read


def included(document: Document, fetch: Callable[[str], str]) -> Document:
    """The document with what its includes name; `fetch` reads a URL of S3. Raises AwsError."""
    if "AWS::Include" not in repr(document.template):
        return document
    return document.transformed(_expanded(document.template, fetch), {})


def _expanded(value: Any, fetch: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_expanded(item, fetch) for item in value]
    if not isinstance(value, dict):
        return value
    made: dict[str, Any] = {}
    for key, item in value.items():
        match key, item:
            case "Fn::Transform", {"Name": "AWS::Include", "Parameters": {"Location": location}}:
                made |= _part(location, fetch)
            case _:
                made[key] = _expanded(item, fetch)
    return made


def _part(location: Any, fetch: Callable[[str], str]) -> Mapping[str, Any]:
    if not isinstance(location, str):
        raise AwsError("ValidationError", "Transform AWS::Include failed with: Location must be an S3 URL.")
    try:
        part, _ = read(fetch(location), location)
    except InvalidTemplate as error:
        raise AwsError(
            "ValidationError", f"Transform AWS::Include failed with: {error.message} ({location})"
        ) from error
    expanded: Mapping[str, Any] = _expanded(part, fetch)
    return expanded
