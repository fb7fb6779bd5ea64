"""A stack's template: as it was submitted, and as parameters, transforms and conditions make it.

Owns reading and processing, in CloudFormation's words for what is wrong. `workbench.templates` does the work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench import templates
from workbench.local_aws.cloudformation import cross_references, rules, structure, wording
from workbench.local_aws.cloudformation.includes import included
from workbench.local_aws.service import AwsError
from workbench.resources import Unknown
from workbench.templates import Document, InvalidTemplate, Prepared, Scope, yaml_reader
from workbench.templates.transform import LANGUAGE_EXTENSIONS


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
        structure.check(yaml_reader.read(text, "template")[0])
        return templates.load(text, "template")
    except InvalidTemplate as error:
        raise AwsError("ValidationError", wording.syntax_error(error, text)) from error


@dataclass(frozen=True)
class Outside:
    """What a template may refer to outside of itself: parameters of Systems Manager by name, parts of it in S3."""

    ssm: Callable[[str], Any]
    fetch: Callable[[str], str]


def process(text: str, parameters: Mapping[str, str], pseudo: Mapping[str, Any], outside: Outside) -> Template:
    """Raises AwsError for a wrong parameter or template, TransformFailed for what a transform refuses."""
    document = included(read(text), outside.fetch)
    declared = document.section("Parameters")
    _check_parameters(declared, parameters)
    values = templates.parameter_values(declared, parameters, ssm=outside.ssm)
    scope = Scope(parameters=values, pseudo=pseudo, mappings=document.section("Mappings"))
    rules.check(document.section("Rules"), scope)
    return Template(text, _prepared(document, scope))


def check_plain(document: Document) -> None:
    """Raises AwsError for parts that do not fit each other, in a template that no transform changes."""
    if not transforms(document):
        _consistent(document, templates.pseudo_parameters("", "", "", ""))


def _prepared(document: Document, scope: Scope) -> Prepared:
    """What is wrong with a template that a transform has made fails the change set, not the request."""
    names = transforms(document)
    strangers = [name for name in templates.macros(document) if not name.startswith("AWS::")]
    if strangers:
        raise TransformFailed(f"No transform named {scope.pseudo['AWS::AccountId']}::{strangers[0]} found.")
    try:
        plain = templates.transform(document, scope)
    except InvalidTemplate as error:
        if not names:
            raise AwsError("ValidationError", f"Template format error: {error.message}") from error
        reason = wording.transform_error(error)
        raise TransformFailed(f"Transform {', '.join(names)} failed with: {reason}") from error
    try:
        _consistent(plain, scope.pseudo, extended=LANGUAGE_EXTENSIONS in names)
        return templates.evaluated(plain, scope)
    except InvalidTemplate as error:
        raise AwsError("ValidationError", wording.template_error(error, scope.mappings)) from error
    except AwsError as error:
        if names:
            raise TransformFailed(error.message) from error
        raise


def _consistent(document: Document, pseudo: Mapping[str, Any], *, extended: bool = False) -> None:
    try:
        cross_references.check(document.template, pseudo, extended=extended)
    except cross_references.Inconsistent as error:
        raise AwsError("ValidationError", str(error)) from error


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
        raise AwsError("ValidationError", wording.parameter_error(error, declared)) from error
