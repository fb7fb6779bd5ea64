"""The transforms that a template declares, applied in their order.

Owns `transform` and `macros`, the transforms that only an account can run.
"""

from __future__ import annotations

from typing import Any

from workbench.templates.document import LOOP, Document, check_resource
from workbench.templates.errors import InvalidTemplate
from workbench.templates.language_extensions import expand_loops
from workbench.templates.sam import translate
from workbench.templates.sam_origins import SERVERLESS_TYPE
from workbench.templates.scope import Scope

LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions"
SERVERLESS = "AWS::Serverless-2016-10-31"
_APPLIED = {LANGUAGE_EXTENSIONS: expand_loops, SERVERLESS: translate}


def declared_transforms(document: Document) -> list[str]:
    """Names of the transforms in the template's Transform section."""
    declared: Any = document.template.get("Transform") or []
    return [_name(item) for item in (declared if isinstance(declared, list) else [declared])]


def macros(document: Document) -> list[str]:
    """Declared transforms that run in an account only, so that their effect is not known here."""
    return [name for name in declared_transforms(document) if name not in _APPLIED]


def transform(document: Document, scope: Scope) -> Document:
    """The document as CloudFormation would process it; `scope` needs parameters, pseudo parameters and mappings.

    Raises `InvalidTemplate`, with its place, for what a transform refuses.
    """
    with document.locating():
        for name in declared_transforms(document):
            if name == SERVERLESS:
                _check_written_out(document)
            if name in _APPLIED:
                document = _APPLIED[name](document, scope)
    with document.locating():
        _check_written_out(document)
        _check_plain(document)
    return document


def _check_written_out(document: Document) -> None:
    for logical_id, body in document.resources.items():
        path = ("Resources", logical_id)
        if logical_id.startswith(LOOP):
            raise InvalidTemplate(f"a loop needs Transform: {LANGUAGE_EXTENSIONS}", path)
        if logical_id == "Fn::Transform":
            raise InvalidTemplate("which resources this transform writes is known in the account only", path)
        check_resource(logical_id, body)


def _check_plain(document: Document) -> None:
    for logical_id, body in document.resources.items():
        if body["Type"].startswith(SERVERLESS_TYPE):
            message = f"{logical_id} is a SAM resource: the template needs Transform: {SERVERLESS}"
            raise InvalidTemplate(message, ("Resources", logical_id))


def _name(declared: Any) -> str:
    match declared:
        case str() as name:
            return name
        case {"Name": str() as name}:
            return name
    raise InvalidTemplate("Transform takes the name of a transform or a list of names", ("Transform",))
