"""The transform AWS::Serverless-2016-10-31, by the library that AWS runs itself, without a network.

Owns `translate`, and which SAM resource each generated resource comes from.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.resources import Unknown
from workbench.templates.document import Document
from workbench.templates.errors import InvalidTemplate, Path, Place
from workbench.templates.intrinsics import resolve
from workbench.templates.sam_library import load_translator
from workbench.templates.sam_origins import SERVERLESS_TYPE, generated_origins
from workbench.templates.scope import Scope

REPOSITORY = "serverlessrepo:"
_ORIGIN = "SamResourceId"
_QUOTED = re.compile(r"['\[]([\w.]+)['\]]")
_RESOURCE = re.compile(r"[Rr]esource with id \[(\w+)")


@dataclass(frozen=True)
class _Session:
    """What the library needs of a boto3 session."""

    region_name: str


def translate(document: Document, scope: Scope) -> Document:
    """Plain CloudFormation, with each generated resource leading back to its SAM resource.

    Parameters that the scope does not know stay references. An application of the Serverless Application Repository
    becomes a nested stack whose `TemplateURL` begins with `REPOSITORY`. Raises `InvalidTemplate` at the resource that
    the library refuses.
    """
    source = _prepared(document.template, scope)
    try:
        template = _translated(source, scope)
    except InvalidTemplate as error:
        error.place = _place(error.message, document)
        raise
    sources = {logical_id: _source(body) for logical_id, body in template["Resources"].items()}
    plain = {logical_id: _unmarked(body, document) for logical_id, body in template["Resources"].items()}
    known_sources = {logical_id: source for logical_id, source in sources.items() if source in document.resources}
    origins = generated_origins(plain, document, known_sources)
    return document.transformed({**template, "Resources": plain}, origins)


def _prepared(template: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """A copy in which the metadata of each SAM resource names it: the transform hands metadata on."""
    source = copy.deepcopy(template)
    for logical_id, body in source["Resources"].items():
        if body["Type"].startswith(SERVERLESS_TYPE):
            body["Metadata"] = {**(body.get("Metadata") or {}), _ORIGIN: logical_id}
        _name_alias(body, scope, ("Resources", logical_id))
        if body["Type"] == SERVERLESS_TYPE + "Application":
            _name_application(body, scope, ("Resources", logical_id))
    return source


def _name_alias(body: dict[str, Any], scope: Scope, path: Path) -> None:
    """The library makes a logical id of it, and resolves it for functions only."""
    properties = body.get("Properties") or {}
    if isinstance(properties.get("AutoPublishAlias"), dict):
        name = resolve(properties["AutoPublishAlias"], scope, (*path, "Properties", "AutoPublishAlias"))
        properties["AutoPublishAlias"] = name if isinstance(name, str) else properties["AutoPublishAlias"]


def _name_application(body: dict[str, Any], scope: Scope, path: Path) -> None:
    """The library would ask the repository over the network."""
    properties = body.get("Properties") or {}
    match resolve(properties.get("Location"), scope, (*path, "Properties", "Location")):
        case {"ApplicationId": str() as application, "SemanticVersion": version}:
            properties["Location"] = f"{REPOSITORY}{application}@{version}"
        case str() as location:
            properties["Location"] = location


def _translated(source: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """Where the library insists on a parameter's value and there is none, a name stands for it meanwhile."""
    known = {name: value for name, value in scope.parameters.items() if not isinstance(value, Unknown)}
    region = scope.pseudo["AWS::Region"]
    try:
        return _run(copy.deepcopy(source), known, region)
    except InvalidTemplate as refused:
        names = {f"Unknown{name}": name for name in scope.parameters if name not in known}
        if not names:
            raise
        try:
            template = _run(source, known | {name: stand_in for stand_in, name in names.items()}, region)
        except InvalidTemplate:
            raise refused from None
        return {**template, "Resources": _references(template["Resources"], names)}


def _references(value: Any, names: Mapping[str, str]) -> Any:
    """The value with references to parameters again where their names stand."""
    if isinstance(value, dict):
        return {key: _references(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_references(item, names) for item in value]
    return {"Ref": names[value]} if isinstance(value, str) and value in names else value


def _run(source: dict[str, Any], parameters: Mapping[str, Any], region: str) -> dict[str, Any]:
    translator_class, parser_class, refusal = load_translator()
    translator = translator_class(None, parser_class(), boto_session=_Session(region))
    try:
        template: dict[str, Any] = translator.translate(source, parameters, passthrough_metadata=True)
    except refusal as error:
        raise _refusal(error) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # The library's own validation has gaps: what slips through them breaks it in plain Python errors.
        raise InvalidTemplate(f"the SAM transform cannot process this template: {error!r}") from error
    return template


def _refusal(error: Any) -> InvalidTemplate:
    causes = error.causes
    more = f" (and {len(causes) - 1} more)" if len(causes) > 1 else ""
    return InvalidTemplate(causes[0].message + more)


def _place(message: str, document: Document) -> Place:
    """The library names resource and property in its sentence only."""
    base: Path = ()
    if resource := _RESOURCE.search(message):
        base = document.source_path(("Resources", resource[1]))
    elif "'Globals'" in message:
        base = ("Globals",)
    names = [name.split(".")[-1] for name in _QUOTED.findall(message)]
    inside = [path for path in document.positions if path[: len(base)] == base and len(path) > len(base) > 0]
    return document.place(next((path for name in names for path in inside if path[-1] == name), base))


def _source(body: dict[str, Any]) -> str:
    return str((body.get("Metadata") or {}).get(_ORIGIN))


def _unmarked(body: dict[str, Any], document: Document) -> dict[str, Any]:
    source = document.resources.get(_source(body))
    if source is None or _ORIGIN in (source.get("Metadata") or {}):
        return body
    metadata = {key: value for key, value in body["Metadata"].items() if key != _ORIGIN}
    others = {key: value for key, value in body.items() if key != "Metadata"}
    return {**others, "Metadata": metadata} if metadata else others
