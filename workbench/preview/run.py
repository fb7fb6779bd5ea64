"""One preview from beginning to end, as the command line asks for it.

Owns `run`: settings of the SAM CLI, parameters, the comparison with another version of the template.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from fitness import baseline as baselines
from fitness import scorecard
from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.model import Resource as StackResource
from fitness.scorecard import Scorecard

from workbench.preview.findings import PlacedFinding, find, stack_resources
from workbench.preview.revisions import reader_at
from workbench.preview.scorecards import make
from workbench.preview.selection import only
from workbench.templates.application import Application, Unresolved, local_file, read_application
from workbench.templates.errors import Place
from workbench.templates.includes import ReadFile
from workbench.templates.samconfig import FILE, DeploySettings, deploy_settings
from workbench.templates.stand_ins import Home

ACCOUNT = "123456789012"
REGION = "us-east-1"
STACK_NAME = "preview"
# The other version counts as accepted a moment before this one is judged.
_BEFORE = timedelta(seconds=1)


@dataclass(frozen=True)
class Request:
    """What to preview.

    Attributes:
        template: path of the template.
        parameters: values of template parameters; those of samconfig.toml beside the template are the default.
        region, stack_name: where it would be deployed; samconfig.toml's, else `REGION` and `STACK_NAME`.
        against: another template, or a git revision of this one, whose preview is the baseline.
        rules: ids of the rules to judge by; all of the catalogue when empty.
    """

    template: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    region: str | None = None
    stack_name: str | None = None
    against: str | None = None
    rules: Sequence[str] = ()


@dataclass(frozen=True)
class Preview:
    """The scorecard that the deployed template would have, its findings with their places, and what is not known."""

    card: Scorecard
    findings: tuple[PlacedFinding, ...]
    unresolved: tuple[tuple[Unresolved, Place], ...]
    application: Application

    @property
    def places(self) -> Mapping[tuple[str, str], Place]:
        """Where in the template each pair (rule id, logical path) is decided."""
        return {(found.rule, found.resource): found.place for found in self.findings}


def run(request: Request, catalogue: Catalogue, now: datetime) -> Preview:
    """The preview. Raises `InvalidTemplate` and `UserError`."""
    if request.rules:
        catalogue = only(catalogue, request.rules)
    application = _read(request, request.template, local_file)
    findings = find(catalogue, application)
    resources = stack_resources(application)
    baseline = None
    if request.against:
        other = _other(request, request.against)
        baseline = _baseline(catalogue, other, request.against, now - _BEFORE)
        resources = _with_changes(resources, application, other, now)
    card = make(catalogue, application.home, resources, findings, taken_at=now, baseline=baseline)
    unresolved = tuple((found, application.place(found.path, found.property_path)) for found in application.unresolved)
    return Preview(card, findings, unresolved, application)


def _read(request: Request, template: str, read_file: ReadFile, *, strict: bool = True) -> Application:
    found = _settings(request.template)
    settings = found or DeploySettings()
    given = request.parameters if strict else {}
    defaults = settings.parameters if strict else {**settings.parameters, **request.parameters}
    deployed = settings.stack_properties if found else None
    home = _home(request, settings)
    return read_application(template, given, home, defaults=defaults, read_file=read_file, deployed=deployed)


def _home(request: Request, settings: DeploySettings) -> Home:
    region = request.region or settings.region or REGION
    return Home(region, ACCOUNT, request.stack_name or settings.stack_name or STACK_NAME)


def _settings(template: str) -> DeploySettings | None:
    """How the SAM CLI would deploy the template; None where nothing tells that it would."""
    path = Path(template).parent / FILE
    text = local_file(str(path))
    return None if text is None else deploy_settings(text, str(path))


def _other(request: Request, against: str) -> Application:
    """The other version of the application; it need not have all the parameters of this one."""
    if Path(against).is_file():
        return _read(request, against, local_file, strict=False)
    return _read(request, request.template, reader_at(against, request.template), strict=False)


def _baseline(catalogue: Catalogue, other: Application, name: str, taken_at: datetime) -> Baseline:
    card = make(catalogue, other.home, stack_resources(other), find(catalogue, other), taken_at=taken_at)
    return baselines.from_json(json.dumps(scorecard.to_json(card)), name)


def _with_changes(
    resources: Sequence[StackResource], application: Application, other: Application, now: datetime
) -> tuple[StackResource, ...]:
    """The resources, updated now where the other version describes them differently."""
    before = {resource.path: (resource.type, resource.properties) for resource in other.resources}
    after = {resource.path: (resource.type, resource.properties) for resource in application.resources}
    return tuple(
        replace(resource, updated_at=now) if before.get(resource.path) != after[resource.path] else resource
        for resource in resources
    )
