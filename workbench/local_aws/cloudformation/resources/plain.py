"""Resource types that one call creates and another deletes, described instead of programmed.

Owns `Plain` and what follows from it: names, tags, identifiers and attributes found in the answer. Which types are
described so is said in the modules by subject.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine

Answer = Mapping[str, Any]
Read = str | Callable[[Properties, Answer, Context], Any]
"""A path in the answer (`Vpc.VpcId`), a property (`=Name`), or a function."""


@dataclass(frozen=True)
class Plain:
    """How a type is provided.

    Attributes:
        service: botocore's name.
        create: method that makes it; properties are its parameters, under the names of `renamed` where those differ.
        physical_id: what `Ref` returns.
        delete: method that removes it.
        identified_by: parameters of `delete` (and `update`), each read like an attribute; `=Ref` is the physical id.
        update: method that changes it in place; None replaces it.
        name: the property that is made up where the template has none: of at most `max_length`, maybe `lower` case.
        tags: the parameter that takes tags, and whether as a list or a map; None where tags are properties only.
        attributes: what `Fn::GetAtt` returns.
        fixed: parameters that are always the same.
        wrapped: the parameter that holds all properties.
    """

    service: str
    create: str
    physical_id: Read
    delete: str
    identified_by: Mapping[str, Read]
    update: str | None = None
    name: str | None = None
    tags: tuple[str, type] | None = None
    attributes: Mapping[str, Read] = field(default_factory=dict)
    replaces: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    wrapped: str | None = None
    max_length: int = 64
    lower: bool = False


def provider(plain: Plain) -> Provider:
    """Provides a type as it is described."""

    def create(properties: Properties, context: Context) -> Physical:
        named = _named(plain, properties, context)
        answer = call(context.client(plain.service), plain.create, **_parameters(plain, named, context))
        return _physical(plain, named, answer, context)

    def update(physical_id: str, _: Properties, new: Properties, context: Context) -> Physical:
        named = {**new, **({plain.name: physical_id} if plain.name and plain.name not in new else {})}
        target = _target(plain, physical_id, named, context)
        method = str(plain.update)
        answer = call(context.client(plain.service), method, **{**_parameters(plain, named, context), **target})
        return _physical(plain, named, {**answer, "Ref": physical_id}, context, physical_id)

    def delete(physical_id: str, properties: Properties, context: Context) -> None:
        with gone_is_fine():
            target = _target(plain, physical_id, properties, context)
            call(context.client(plain.service), plain.delete, **target)

    replaces = plain.replaces | ({plain.name} if plain.name else frozenset())
    tagged = plain.tags is not None and plain.update is not None
    return Provider(create, update if plain.update else None, delete, replaces=replaces, tagged=tagged)


def _named(plain: Plain, properties: Properties, context: Context) -> dict[str, Any]:
    if plain.name is None or plain.name in properties:
        return dict(properties)
    return {**properties, plain.name: context.name(plain.max_length, lower=plain.lower)}


def _parameters(plain: Plain, properties: Properties, context: Context) -> dict[str, Any]:
    own = {plain.renamed.get(name, name): value for name, value in properties.items() if name != "Tags"}
    made = {plain.wrapped: own} if plain.wrapped else own
    if plain.tags:
        parameter, kind = plain.tags
        tags = context.tag_map(properties) if kind is dict else context.tag_list(properties)
        made = {**made, **({parameter: tags} if tags else {})}
    return {**made, **plain.fixed}


def _target(plain: Plain, physical_id: str, properties: Properties, context: Context) -> dict[str, Any]:
    named = {plain.name: physical_id, **properties} if plain.name else properties
    answer = {"Ref": physical_id}
    return {name: _read(how, named, answer, context) for name, how in plain.identified_by.items()}


def _physical(
    plain: Plain, properties: Properties, answer: Answer, context: Context, physical_id: str | None = None
) -> Physical:
    found = physical_id or str(_read(plain.physical_id, properties, answer, context))
    known = {**answer, "Ref": found}
    read = {name: _read(how, properties, known, context) for name, how in plain.attributes.items()}
    return Physical(found, {name: value for name, value in read.items() if value is not None})


def _read(how: Read, properties: Properties, answer: Answer, context: Context) -> Any:
    if callable(how):
        return how(properties, answer, context)
    if how == "=Ref":
        return answer["Ref"]
    if how.startswith("="):
        return properties.get(how[1:])
    found: Any = answer
    for step in how.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def arn(service: str, kind: str) -> Read:
    """An ARN made of the physical id."""
    return lambda _, answer, context: context.arn(service, f"{kind}{answer['Ref']}")
