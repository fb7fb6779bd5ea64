"""The transforms that a template declares, applied in their order.

Owns `transform` and `macros`, the transforms that only an account can run.
"""

from __future__ import annotations

from typing import Any

from workbench.templates.document import LOOP, Document
from workbench.templates.errors import InvalidTemplate
from workbench.templates.language_extensions import expand_loops
from workbench.templates.sam import translate
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
            if name in _APPLIED:
                document = _APPLIED[name](document, scope)
        _check_plain(document)
    return document


def _check_plain(document: Document) -> None:
    for logical_id, body in document.resources.items():
        path = ("Resources", logical_id)
        if logical_id.startswith(LOOP):
            raise InvalidTemplate(f"a loop needs Transform: {LANGUAGE_EXTENSIONS}", path)
        if not isinstance(body, dict) or not isinstance(body.get("Type"), str):
            raise InvalidTemplate(f"resource {logical_id} needs a Type", path)
        if body["Type"].startswith("AWS::Serverless::"):
            raise InvalidTemplate(f"{logical_id} is a SAM resource: the template needs Transform: {SERVERLESS}", path)


def _name(declared: Any) -> str:
    match declared:
        case str() as name:
            return name
        case {"Name": str() as name}:
            return name
    raise InvalidTemplate("Transform takes the name of a transform or a list of names", ("Transform",))
