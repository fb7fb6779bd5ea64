"""What a preview tells beyond its scorecard: where each finding stands, and what is not known before deployment.

Owns the additions to the JSON report and the sentences about unresolved values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fitness import scorecard

from workbench.preview.run import Preview
from workbench.templates.errors import Path, Place


def to_json(preview: Preview) -> dict[str, Any]:
    """The scorecard file's content with `findings` and `unresolved` added; it still serves as a baseline."""
    findings = [
        {
            "rule": found.rule,
            "resource": found.resource,
            "verdict": found.finding.verdict.value,
            "message": found.finding.message,
            "property": property_name(found.finding.property_path) or None,
            **_place(found.place),
        }
        for found in preview.findings
    ]
    unresolved = [
        {
            "resource": found.path,
            "property": property_name(found.property_path) or None,
            "reason": found.reason,
            **_place(place),
        }
        for found, place in preview.unresolved
    ]
    return {**scorecard.to_json(preview.card), "findings": findings, "unresolved": unresolved}


def unresolved_sentences(preview: Preview) -> Iterator[str]:
    """One sentence for every unresolved value, with its place."""
    for found, place in preview.unresolved:
        name = " ".join(filter(None, (found.path, property_name(found.property_path))))
        yield f"{place}: {name} is not known: {found.reason}."


def property_name(path: Path) -> str:
    """`Rules[0].Status`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column}
