"""A SAM application before it is deployed: the resources that it would have, and where each is written.

Owns `read_application`. What nobody can know before deployment is `Unknown` inside the resources and listed with its
reason; physical ids are stand-ins.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workbench.resources import Resource, Unknown
from workbench.templates.errors import InvalidTemplate, Path, Place
from workbench.templates.includes import ReadFile
from workbench.templates.stack_reader import STACK, Location, ReadStack, read_stack
from workbench.templates.stand_ins import Home
from workbench.templates.transform import macros
from workbench.templates.written import written_path

_HOW_DEPLOYED = Unknown("how the stack will be deployed")
_OF_THE_STACK = ("EnableTerminationProtection", "NotificationARNs", "RoleARN")


@dataclass(frozen=True)
class Unresolved:
    """A value that is not known before deployment, and why.

    `path` is a logical path, or `Transform` and `Outputs` for those sections; `property_path` leads on from there.
    """

    path: str
    property_path: Path
    reason: str


@dataclass(frozen=True)
class Application:
    """What a template and its nested templates describe; the stack itself comes first among the resources.

    `deployed` holds the properties that the stack gets from its deployment, not from the template; None: nobody knows.
    """

    root: ReadStack
    deployed: Mapping[str, Any] | None = None

    @property
    def home(self) -> Home:
        """The stack: its name, id, region and account."""
        return self.root.location.home

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        properties = dict.fromkeys(_OF_THE_STACK, _HOW_DEPLOYED) if self.deployed is None else self.deployed
        stack = Resource(self.home.stack, STACK, self.home.stack_id, properties)
        return (stack, *(resource for read in self._stacks.values() for resource in read.resources.values()))

    @cached_property
    def uncertain(self) -> Mapping[str, Unknown]:
        """Why it is not known whether, or with which properties at all, a resource exists, by logical path."""
        found: dict[str, Unknown] = {}
        for prefix, stack in self._stacks.items():
            nested_in = found.get(prefix.removesuffix("/"))
            uncertain = stack.prepared.uncertain("Resources")
            for logical_id, resource in stack.resources.items():
                reason = nested_in or uncertain.get(logical_id) or _included(resource)
                if reason:
                    found[resource.path] = reason
        return found

    @cached_property
    def unresolved(self) -> tuple[Unresolved, ...]:
        """Every value that is not known before deployment."""
        return tuple(found for stack in self._stacks.values() for found in _unresolved(stack))

    def place(self, path: str, property_path: Path = ()) -> Place:
        """Where a resource, or a property of it, is written: through Globals, the SAM transform, loops and `Fn::If`.

        Of a property that is not written down, the nearest part that holds it, at last the resource itself.
        """
        prefix, _, logical_id = path.rpartition("/")
        stack = self._stacks[f"{prefix}/" if prefix else ""]
        document = stack.prepared.document
        if logical_id not in document.resources:
            return document.place((logical_id, *property_path))
        at: Path = ("Resources", logical_id)
        properties = document.resources[logical_id].get("Properties") or {}
        written = written_path(properties, property_path, stack.prepared.scope)
        return document.place((*at, "Properties", *written) if written else at)

    @cached_property
    def _stacks(self) -> Mapping[str, ReadStack]:
        return {stack.location.prefix: stack for stack in self.root.stacks()}


def local_file(path: str) -> str | None:
    """The text of a file of this machine; None if there is none."""
    file = pathlib.Path(path)
    if not file.is_file():
        return None
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InvalidTemplate("not a text file in UTF-8", place=Place(path, 1, 1)) from error


def read_application(
    file: str,
    parameters: Mapping[str, Any],
    home: Home,
    *,
    defaults: Mapping[str, Any] | None = None,
    read_file: ReadFile = local_file,
    deployed: Mapping[str, Any] | None = None,
) -> Application:
    """The application that a template describes, if it were deployed as the stack `home`.

    A parameter has the value of `parameters`, else of `defaults` (which may hold more than the template declares),
    else of the template; without any it is unknown. `read_file` gives a file's text, or None, by its path: the
    template's and those that it names. `deployed` is that of the `Application`. Raises `InvalidTemplate`.
    """
    return Application(read_stack(Location(file, home), parameters, read_file, defaults or {}), deployed)


def _included(resource: Resource) -> Unknown | None:
    reason = resource.properties.get("Fn::Transform")
    return reason if isinstance(reason, Unknown) else None


def _unresolved(stack: ReadStack) -> Iterator[Unresolved]:
    prefix = stack.location.prefix
    for name in macros(stack.prepared.document):
        yield Unresolved(f"{prefix}Transform", (), f"the transform {name} runs in the account only")
    uncertain = stack.prepared.uncertain("Resources")
    for logical_id, resource in stack.resources.items():
        if reason := uncertain.get(logical_id):
            yield Unresolved(resource.path, (), f"whether it exists depends on {reason.reason}")
        nested = stack.nested.get(logical_id)
        if isinstance(nested, Unknown):
            yield Unresolved(resource.path, ("TemplateURL",), nested.reason)
        for path, unknown in _unknowns(resource.properties, ()):
            yield Unresolved(resource.path, path, unknown.reason)
    for path, unknown in _unknowns(stack.outputs, ()):
        yield Unresolved(f"{prefix}Outputs", path, unknown.reason)


def _unknowns(value: Any, path: Path) -> Iterator[tuple[Path, Unknown]]:
    if isinstance(value, Unknown):
        yield path, value
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inside:
        yield from _unknowns(item, (*path, step))
