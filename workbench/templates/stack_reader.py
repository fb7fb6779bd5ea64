"""One stack of an application: its resources and outputs, with stand-ins for what does not exist yet.

Owns `read_stack`, which reads nested local templates in the same way. Resources are read in the order of creation, so
that whatever one refers to has been read before.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.resources import Resource, Unknown
from workbench.templates.document import Document, load
from workbench.templates.errors import InvalidTemplate, Path
from workbench.templates.functions import scalar_text
from workbench.templates.includes import ReadFile, included
from workbench.templates.intrinsics import first_unknown, resolve
from workbench.templates.packaging import local_path, packaged
from workbench.templates.parameters import unknown
from workbench.templates.preparation import Prepared, prepare
from workbench.templates.references import creation_order
from workbench.templates.sam import REPOSITORY
from workbench.templates.stand_ins import Home, stand_in_for
from workbench.templates.yaml_reader import read

STACK = "AWS::CloudFormation::Stack"


@dataclass(frozen=True)
class Location:
    """A template's file, the stack that it describes, and its place among the nested ones.

    Attributes:
        prefix: of the logical paths of its resources: "" or `Storage/`.
        parents: files of the templates that nest it.
    """

    file: str
    home: Home
    prefix: str = ""
    parents: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadStack:
    """A stack as its template describes it; `nested` by logical id, `Unknown` where the template is not at hand."""

    location: Location
    prepared: Prepared
    resources: Mapping[str, Resource]
    outputs: Mapping[str, Any]
    nested: Mapping[str, ReadStack | Unknown]

    def stacks(self) -> Iterator[ReadStack]:
        """This stack and all that it nests."""
        yield self
        for child in self.nested.values():
            if isinstance(child, ReadStack):
                yield from child.stacks()


def read_stack(
    location: Location,
    parameters: Mapping[str, Any],
    read_file: ReadFile,
    defaults: Mapping[str, Any] | None = None,
) -> ReadStack:
    """Reads the template at `location`. Raises `InvalidTemplate`.

    `defaults` are parameters too, of which those that the template does not declare are left aside.
    """
    document = _document(location, read_file)
    declared = document.section("Parameters")
    known = {name: value for name, value in (defaults or {}).items() if name in declared}
    prepared = prepare(document, {**known, **parameters}, location.home.pseudo, missing=unknown, unmapped=_unmapped)
    reader = _Reader(location, prepared, read_file)
    with prepared.document.locating():
        return reader.read()


def _document(location: Location, read_file: ReadFile) -> Document:
    text = read_file(location.file)
    if text is None:
        raise InvalidTemplate(f"{location.file}: there is no such file")
    document = load(text, location.file)
    whole = included(document.template, posixpath.dirname(location.file), read_file)
    return replace(document, template=packaged(whole))


class _Reader:
    """Reads resource after resource and answers what later ones ask of earlier ones."""

    def __init__(self, location: Location, prepared: Prepared, read_file: ReadFile) -> None:
        self._location = location
        self._read_file = read_file
        self._prepared = prepared
        self._resources: dict[str, Resource] = {}
        self._nested: dict[str, ReadStack | Unknown] = {}
        self._scope = replace(
            prepared.scope, ref=self._ref, get_att=self._get_att, dynamic_reference=_dynamic_reference
        )

    def read(self) -> ReadStack:
        bodies = self._prepared.existing("Resources")
        for logical_id in creation_order(bodies):
            self._resources[logical_id] = self._resource(logical_id, bodies[logical_id])
        outputs = {
            name: resolve(body.get("Value"), self._scope, ("Outputs", name, "Value"))
            for name, body in self._prepared.existing("Outputs").items()
        }
        ordered = {logical_id: self._resources[logical_id] for logical_id in bodies}
        return ReadStack(self._location, replace(self._prepared, scope=self._scope), ordered, outputs, self._nested)

    def _resource(self, logical_id: str, body: Mapping[str, Any]) -> Resource:
        at: Path = ("Resources", logical_id, "Properties")
        properties = resolve(body.get("Properties") or {}, self._scope, at)
        if not isinstance(properties, dict):
            properties = {"Fn::Transform": properties} if isinstance(properties, Unknown) else {}
        properties = self._with_definition(properties)
        path = self._location.prefix + logical_id
        if body["Type"] == STACK:
            home = self._location.home.nested(logical_id)
            attributes = self._nest(logical_id, properties, home)
            return Resource(path, STACK, home.stack_id, properties, attributes)
        stand_in = stand_in_for(body["Type"], logical_id, properties, self._location.home)
        return Resource(path, body["Type"], stand_in.physical_id, properties, stand_in.attributes)

    def _with_definition(self, properties: dict[str, Any]) -> dict[str, Any]:
        """An API's definition in a local file, in the place of the object that it would be uploaded to."""
        file = local_path(properties.get("BodyS3Location"))
        text = self._read_file(posixpath.join(posixpath.dirname(self._location.file), file)) if file else None
        if text is None:
            return properties
        others = {name: value for name, value in properties.items() if name != "BodyS3Location"}
        return {**others, "Body": read(text, str(file))[0]}

    def _nest(self, logical_id: str, properties: Mapping[str, Any], home: Home) -> dict[str, Any]:
        """Reads a nested stack; returns its attributes."""
        child = self._child(logical_id, properties, home)
        self._nested[logical_id] = child
        outputs = child.outputs if isinstance(child, ReadStack) else {}
        return {f"Outputs.{name}": value for name, value in outputs.items()}

    def _child(self, logical_id: str, properties: Mapping[str, Any], home: Home) -> ReadStack | Unknown:
        url = properties.get("TemplateURL")
        if isinstance(url, Unknown):
            return url
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self._location.file), str(url)))
        parents = (*self._location.parents, self._location.file)
        if file in parents:
            raise InvalidTemplate(f"{logical_id} nests {file} in itself", ("Resources", logical_id))
        if "://" in str(url) or str(url).startswith(REPOSITORY) or self._read_file(file) is None:
            return Unknown(f"the nested template {url} is not at hand")
        prefix = f"{self._location.prefix}{logical_id}/"
        return read_stack(Location(file, home, prefix, parents), _passed(properties), self._read_file)

    def _ref(self, logical_id: str) -> Any:
        resource = self._resources.get(logical_id)
        return resource.physical_id if resource else Unknown(f"{logical_id} does not exist: its condition is false")

    def _get_att(self, logical_id: str, attribute: str) -> Any:
        resource = self._resources.get(logical_id)
        if resource is None:
            return self._ref(logical_id)
        if attribute in resource.attributes:
            return resource.attributes[attribute]
        nested = self._nested.get(logical_id)
        return nested if isinstance(nested, Unknown) else Unknown(f"{logical_id}.{attribute} is known once deployed")


def _passed(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a nested stack: CloudFormation passes text only."""
    given = properties.get("Parameters") or {}
    return {name: _text(value) for name, value in given.items()} if isinstance(given, Mapping) else {}


def _text(value: Any) -> Any:
    if isinstance(value, list):
        return first_unknown(value) or ",".join(map(scalar_text, value))
    return value if isinstance(value, Unknown) else scalar_text(value)


def _unmapped(keys: str) -> Unknown:
    return Unknown(f"there is no {keys} in the Mappings section")


def _dynamic_reference(text: str) -> Unknown:
    return Unknown(f"the dynamic reference {text}")
