"""What a template needs so that its architecture is judged: hook, gate, recorder, records and nested Config rules.

Owns `snippet`, the text of a partial template: each of its sections is merged into that of the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.problems import UserError
from workbench.templates import Document
from workbench.templates.functions import scalar_text

if TYPE_CHECKING:
    import jinja2

_FOLDER = Path(__file__).parent
_SAM = "AWS::Serverless-2016-10-31"
_FUNCTION = "AWS::Serverless::Function"
_NO = (False, "false", "False")
# SAM gives these another logical id, or none.
_RENAMED = ("AWS::Serverless::LayerVersion", "AWS::Serverless::Connector")
_RULES, _GATE, _RECORDS = (
    ("ConfigRules",),
    ("ArchitectureGate", "ArchitectureGateFunction", "ArchitectureGateLogs", "Recorder", "RecorderLogs", "JudgePolicy"),
    ("RecordsBucket", "RecordsBucketPolicy"),
)
_HOOK = ("PreTrafficHook", "PreTrafficHookLogs")
ADDED = (*_RULES, *_HOOK, *_GATE, *_RECORDS)


@dataclass(frozen=True)
class Function:
    """A function whose releases the hook lets through, and what its template says of them already."""

    logical_id: str
    has_alias: bool
    has_type: bool
    has_hook: bool


def snippet(document: Document, name: str) -> str:
    """What to add to the template, as YAML.

    Raises:
        UserError: the template has resources of these names already.
    """
    _must_be_free(document, name)
    functions = list(_functions(document))
    rendered = _template().render(
        template=name,
        is_sam=_is_sam(document),
        declared=list(document.section("Parameters")),
        watched=sorted({*_told(document), "ProvisionRecorder"} - {"Release"}),
        functions=functions,
        judged=list(_judged(document)),
        log_groups=[
            f"{each}Logs" for each in (*(["PreTrafficHook"] if functions else []), "ArchitectureGate", "Recorder")
        ],
    )
    return rendered.strip() + "\n"


def _must_be_free(document: Document, name: str) -> None:
    taken = [logical_id for logical_id in ADDED if logical_id in document.resources]
    if taken:
        raise UserError(
            f"{name}: {', '.join(taken)} would be added but is there already; rename it, or add it by hand."
        )


def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=False,  # noqa: S701 - YAML; logical ids are letters and digits
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("snippet.yaml.j2")


def _told(document: Document) -> Iterator[str]:
    """The parameters whose values anyone may see: a secret must not become a property of a custom resource."""
    for name, body in document.section("Parameters").items():
        if not isinstance(body, Mapping) or scalar_text(body.get("NoEcho", False)) != "true":
            yield name


def _is_sam(document: Document) -> bool:
    transforms = document.template.get("Transform") or []
    return _SAM in ([transforms] if isinstance(transforms, str) else transforms)


def _functions(document: Document) -> Iterator[Function]:
    """Those that are not said to be released without a deployment, as hooks are."""
    shared = document.section("Globals").get("Function") or {}
    for logical_id, body in _plain(document):
        if body["Type"] == _FUNCTION:
            properties = {**shared, **(body.get("Properties") or {})}
            preference = properties.get("DeploymentPreference")
            settings = preference if isinstance(preference, Mapping) else {}
            if settings.get("Enabled") in _NO:
                continue
            has_hook = "PreTraffic" in (settings.get("Hooks") or {})
            yield Function(logical_id, "AutoPublishAlias" in properties, "Type" in settings, has_hook)


def _judged(document: Document) -> Iterator[str]:
    """Resources that the gate waits for; it cannot wait for one that a condition may leave out."""
    return (
        logical_id
        for logical_id, body in _plain(document)
        if body["Type"] not in _RENAMED and not body.get("Condition")
    )


def _plain(document: Document) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The resources that are written down one by one."""
    return ((logical_id, body) for logical_id, body in document.resources.items() if "::" not in logical_id)
