"""Which part of a SAM template each generated part comes from.

Owns `generated_origins`. A generated resource leads to its SAM resource, or to the event or setting of it that made
the transform write it; a property to its counterpart there, or in Globals. The transform itself keeps no trace but the
metadata that it hands on, so the rest follows from how it names things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from workbench.templates.document import Document, Origins
from workbench.templates.errors import Path

SERVERLESS_TYPE = "AWS::Serverless::"
_IMPLICIT_APIS = {
    "ServerlessRestApi": ("Api", "RestApiId"),
    "ServerlessHttpApi": ("HttpApi", "ApiId"),
}
_DEPLOYMENT = ("ServerlessDeploymentApplication", "CodeDeployServiceRole")
_POLICY_INDEX = re.compile(r"(?<=RolePolicy)\d+$")
_CONTAINERS = {
    "AWS::CodeDeploy::DeploymentGroup": "DeploymentPreference",
    "AWS::Lambda::EventInvokeConfig": "EventInvokeConfig",
    "AWS::Lambda::Url": "FunctionUrlConfig",
}
_COUNTERPARTS = {
    "AssumeRolePolicyDocument": ("AssumeRolePolicyDocument",),
    "AttributeDefinitions": ("PrimaryKey",),
    "Body": ("DefinitionBody", "DefinitionUri"),
    "BodyS3Location": ("DefinitionUri",),
    "Code": ("CodeUri", "InlineCode", "ImageUri"),
    "Content": ("ContentUri",),
    "DeadLetterConfig": ("DeadLetterQueue",),
    "DefinitionS3Location": ("DefinitionUri",),
    "DefinitionString": ("Definition",),
    "KeySchema": ("PrimaryKey",),
    "LoggingConfiguration": ("Logging",),
    "ManagedPolicyArns": ("Policies",),
    "StateMachineName": ("Name",),
    "TemplateURL": ("Location",),
    "TracingConfig": ("Tracing",),
    "TracingConfiguration": ("Tracing",),
}


def generated_origins(generated: Mapping[str, Any], document: Document, sources: Mapping[str, str]) -> Origins:
    """Origins of resources and properties; `sources` has the SAM resource of each generated one, where it is known."""
    found: dict[Path, tuple[Path, ...]] = {}
    for logical_id, body in generated.items():
        if body == document.resources.get(logical_id):
            continue
        places = [place for place in _places(logical_id, body, document, sources) if document.is_written(place)]
        if places:
            found["Resources", logical_id] = tuple(places)
        for name in body.get("Properties") or {}:
            if counterparts := tuple(_counterparts(name, places, document)):
                found["Resources", logical_id, "Properties", name] = counterparts
        found.update(_inline_policies(logical_id, body, places))
    return found


def _places(logical_id: str, body: Mapping[str, Any], document: Document, sources: Mapping[str, str]) -> Iterator[Path]:
    """Where the template causes the resource, the most precise place first."""
    source = sources.get(logical_id) or _owner(logical_id, document)
    if source:
        at: Path = ("Resources", source)
        kind = document.resources[source]["Type"].removeprefix(SERVERLESS_TYPE)
        rest = logical_id.removeprefix(source)
        if container := _CONTAINERS.get(body["Type"]):
            yield (*at, "Properties", container)
            yield ("Globals", kind, container)
        events = _properties(document.resources[source]).get("Events")
        yield from ((*at, "Properties", "Events", name) for name in _named(events, rest))
        yield from ((*at, "Connectors", name) for name in _named(document.resources[source].get("Connectors"), rest))
        yield at
    for api, (event, own_api) in _IMPLICIT_APIS.items():
        if logical_id.startswith(api):
            yield from _first_event(document, event, own_api)
    if logical_id in _DEPLOYMENT:
        yield from _deployment_preferences(document)


def _named(parts: Any, rest: str) -> list[str]:
    """The event or connector that the rest of a generated id begins with: `PollPermission` is `Poll`'s."""
    names = [name for name in (parts if isinstance(parts, dict) else {}) if rest.startswith(name)]
    return sorted((name for name in names if not rest[len(name) : len(name) + 1].islower()), key=len)[-1:]


def _owner(logical_id: str, document: Document) -> str | None:
    """Most generated resources begin with the name of the resource that they belong to."""
    if logical_id in document.resources:
        return logical_id
    return max((name for name in document.resources if logical_id.startswith(name)), key=len, default=None)


def _counterparts(name: str, places: list[Path], document: Document) -> Iterator[Path]:
    for place in places:
        inside = place if place[-1] in _CONTAINERS.values() else (*place, "Properties")
        for written in (name, *_COUNTERPARTS.get(name, ())):
            if document.is_written((*inside, written)):
                yield (*inside, written)
    for section in _sections(places, document):
        for written in (name, *_COUNTERPARTS.get(name, ())):
            if document.is_written(("Globals", section, written)):
                yield ("Globals", section, written)


def _inline_policies(
    logical_id: str, body: Mapping[str, Any], places: list[Path]
) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """The transform names each inline policy of a role after its index among the Policies of the SAM resource."""
    policies = (body.get("Properties") or {}).get("Policies")
    for number, policy in enumerate(policies if isinstance(policies, list) and places else ()):
        index = _POLICY_INDEX.search(str(policy.get("PolicyName"))) if isinstance(policy, dict) else None
        at: Path = ("Resources", logical_id, "Properties", "Policies", number)
        origin = (*places[0], "Properties", "Policies", int(index[0])) if index else places[0]
        yield at, (origin,)
        yield (*at, "PolicyDocument"), (origin,)


def _sections(places: list[Path], document: Document) -> list[str]:
    """The sections of Globals that apply to the resources of these places."""
    implicit = [section for section, _ in _IMPLICIT_APIS.values() if _is_event(places, section, document)]
    kinds = [str(document.resources[str(place[1])]["Type"]) for place in places if place[0] == "Resources"]
    return implicit or [kind.removeprefix(SERVERLESS_TYPE) for kind in kinds]


def _is_event(places: list[Path], section: str, document: Document) -> bool:
    events = [place for place in places if len(place) == 5 and place[3] == "Events"]
    return any(_at(document, event).get("Type") == section for event in events)


def _at(document: Document, path: Path) -> dict[str, Any]:
    value: Any = document.template
    for step in path:
        value = value[step]
    return value if isinstance(value, dict) else {}


def _first_event(document: Document, kind: str, own_api: str) -> Iterator[Path]:
    for logical_id, body in document.resources.items():
        events = _properties(body).get("Events")
        for name, event in (events if isinstance(events, dict) else {}).items():
            if isinstance(event, dict) and event.get("Type") == kind and own_api not in _properties(event):
                yield ("Resources", logical_id, "Properties", "Events", name)


def _deployment_preferences(document: Document) -> Iterator[Path]:
    for logical_id in document.resources:
        yield ("Resources", logical_id, "Properties", "DeploymentPreference")
    yield ("Globals", "Function", "DeploymentPreference")


def _properties(body: Any) -> dict[str, Any]:
    properties = body.get("Properties") if isinstance(body, dict) else None
    return properties if isinstance(properties, dict) else {}
