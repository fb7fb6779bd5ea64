"""From a template as written to what CloudFormation works with: parameters, transforms, conditions, references.

Owns `prepare`, which the local AWS and the preview share: only the callbacks of the scope differ between them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from workbench.resources import Unknown
from workbench.templates.conditions import evaluate_conditions, exists
from workbench.templates.document import Document
from workbench.templates.errors import InvalidTemplate
from workbench.templates.parameters import parameter_values, required, unknown_ssm
from workbench.templates.references import references
from workbench.templates.scope import NO_VALUE, Scope
from workbench.templates.transform import transform

# The names of resources inside a module begin with the module's.
_MODULE = "::MODULE"


@dataclass(frozen=True)
class Prepared:
    """A template after its transforms, with the values that are known before any resource exists.

    Attributes:
        document: plain CloudFormation; use `document.locating()` around work that may raise `InvalidTemplate`.
        scope: parameters, pseudo parameters, mappings and conditions; set `ref`, `get_att` and the other callbacks
            with `dataclasses.replace` before resolving resources.
    """

    document: Document
    scope: Scope

    def existing(self, section: str) -> dict[str, Any]:
        """The bodies of a section (`Resources`, `Outputs`) whose condition is not false."""
        bodies = self.document.section(section).items()
        with self.document.locating():
            return {name: body for name, body in bodies if self._exists(section, name, body) is not False}

    def uncertain(self, section: str) -> dict[str, Unknown]:
        """Why it is not known whether a part of a section exists, by its name."""
        bodies = self.document.section(section).items()
        with self.document.locating():
            outcomes = [(name, self._exists(section, name, body)) for name, body in bodies]
        return {name: outcome for name, outcome in outcomes if isinstance(outcome, Unknown)}

    def _exists(self, section: str, name: str, body: Any) -> bool | Unknown:
        if not isinstance(body, dict):
            raise InvalidTemplate(f"{name} must be a mapping", (section, name))
        return exists(body, self.scope.conditions, (section, name))


def prepare(
    document: Document,
    parameters: Mapping[str, Any],
    pseudo: Mapping[str, Any],
    *,
    missing: Callable[[str], Any] = required,
    ssm: Callable[[str], Any] = unknown_ssm,
    unmapped: Callable[[str], Any] | None = None,
) -> Prepared:
    """Checks and types the parameters, applies the transforms, evaluates the conditions and checks every reference.

    `pseudo` comes from `pseudo_parameters`; `missing` and `ssm` are those of `parameter_values`, `unmapped` that of
    `Scope`. Raises `InvalidTemplate` with its place.
    """
    with document.locating():
        values = parameter_values(document.section("Parameters"), parameters, missing=missing, ssm=ssm)
        scope = Scope(parameters=values, pseudo=pseudo, mappings=document.section("Mappings"), unmapped=unmapped)
    return evaluated(transform(document, scope), scope)


def evaluated(plain: Document, scope: Scope) -> Prepared:
    """The last part of `prepare`, for a document whose transforms are done."""
    with plain.locating():
        outcomes = evaluate_conditions(plain.section("Conditions"), scope)
        _check_references(plain, scope)
    return Prepared(plain, replace(scope, conditions=outcomes))


def _check_references(document: Document, scope: Scope) -> None:
    names = {*document.resources, *scope.parameters, *scope.pseudo, NO_VALUE}
    modules = tuple(name for name, body in document.resources.items() if body["Type"].endswith(_MODULE))
    for section in ("Resources", "Outputs"):
        for name, path in references(document.section(section), (section,)):
            if name not in names and not name.startswith(modules):
                raise InvalidTemplate(f"{path[1]} refers to {name}, {_stranger(name, names)}", path)
    for logical_id, body in document.resources.items():
        for name in _depends_on(body):
            if name not in document.resources:
                message = f"{logical_id} depends on {name}, {_stranger(name, set(document.resources))}"
                raise InvalidTemplate(message, ("Resources", logical_id, "DependsOn"))


def _stranger(name: str, names: set[str]) -> str:
    close = get_close_matches(name, names, n=1)
    return "which is not in the template" + (f"; did you mean {close[0]}?" if close else "")


def _depends_on(body: Mapping[str, Any]) -> list[str]:
    names = body.get("DependsOn") or []
    return [names] if isinstance(names, str) else names
