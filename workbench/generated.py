"""The generated files that belong to one catalogue: those in the folder where its rules.yaml is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fitness.catalogue import Catalogue
from fitness.model import Enforcement
from fitness.reason import plural

from workbench import render

FOLDER = "config-rules"
_TEMPLATE = "template.yaml.j2"


def stale(catalogue: Catalogue, rules: str) -> Sequence[str] | None:
    """The files that are not what the catalogue says; None where nothing is rendered.

    Raises:
        MissingFunction: a custom rule's function is not defined beside it.
    """
    root = Path(rules).parent
    if not (root / FOLDER / _TEMPLATE).exists():
        return None
    return render.stale(render.render(catalogue, root / FOLDER), root)


def write(catalogue: Catalogue, rules: str) -> None:
    root = Path(rules).parent
    render.write(render.render(catalogue, root / FOLDER), root)


def summary(catalogue: Catalogue) -> str:
    """What kinds of rules there are, in words."""
    rules = catalogue.rules.values()
    counting = sum(catalogue.weight(rule) > 0 for rule in rules)
    blocking = sum(rule.enforcement is Enforcement.BLOCKING for rule in rules)
    return f"{plural(len(rules), 'rule')}, {counting} in the score, {blocking} blocking"
