"""A stack's template: as it was submitted, and as parameters, transforms and conditions make it.

Owns reading and processing, in CloudFormation's words for what is wrong. `workbench.templates` does the work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench import templates
from workbench.local_aws.cloudformation.includes import included
from workbench.local_aws.service import AwsError
from workbench.resources import Unknown
from workbench.templates import Document, InvalidTemplate, Prepared, Scope


class TransformFailed(Exception):
    """A transform refused the template; a change set fails with this as its reason."""


@dataclass(frozen=True)
class Template:
    """`text` is what was submitted, `prepared` what became of it for the parameters at hand."""

    text: str
    prepared: Prepared

    @property
    def submitted(self) -> Document:
        return read(self.text)

    @property
    def processed(self) -> Mapping[str, Any]:
        return self.prepared.document.template

    @property
    def resources(self) -> Mapping[str, Mapping[str, Any]]:
        """Those that the conditions let exist."""
        return self.prepared.existing("Resources")


EMPTY = Template("", Prepared(Document("", {"Resources": {}}, {}), Scope()))


def read(text: str) -> Document:
    """The submitted template. Raises AwsError as CloudFormation does for one that is malformed."""
    try:
        return templates.load(text, "template")
    except InvalidTemplate as error:
        raise AwsError("ValidationError", f"Template format error: {error.message}") from error


@dataclass(frozen=True)
class Outside:
    """What a template may refer to outside of itself: parameters of Systems Manager by name, parts of it in S3."""

    ssm: Callable[[str], Any]
    fetch: Callable[[str], str]


def process(text: str, parameters: Mapping[str, str], pseudo: Mapping[str, Any], outside: Outside) -> Template:
    """Raises AwsError for a wrong parameter or template, TransformFailed for what a transform refuses."""
    document = included(read(text), outside.fetch)
    _check_parameters(document.section("Parameters"), parameters)
    try:
        return Template(text, templates.prepare(document, parameters, pseudo, ssm=outside.ssm))
    except InvalidTemplate as error:
        names = transforms(document)
        if not names:
            raise AwsError("ValidationError", f"Template format error: {error.message}") from error
        raise TransformFailed(f"Transform {', '.join(names)} failed with: {error.message}") from error


def transforms(document: Document) -> list[str]:
    """Names in the Transform section."""
    declared = document.template.get("Transform") or []
    items = declared if isinstance(declared, list) else [declared]
    return [item["Name"] if isinstance(item, dict) else str(item) for item in items]


def _check_parameters(declared: Mapping[str, Any], given: Mapping[str, str]) -> None:
    strangers = [name for name in given if name not in declared]
    if strangers:
        raise AwsError("ValidationError", f"Parameters: [{', '.join(strangers)}] do not exist in the template")
    missing = [name for name, body in declared.items() if name not in given and body.get("Default") is None]
    if missing:
        raise AwsError("ValidationError", f"Parameters: [{', '.join(missing)}] must have values")
    try:
        templates.parameter_values(declared, given, ssm=Unknown)
    except InvalidTemplate as error:
        raise AwsError("ValidationError", f"Template error: {error.message}") from error
