"""What a PatchDocument (RFC 6902) makes of a resource's properties, as far as its type lets them be changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.local_aws.cloudformation.schemas import schema_of, top_level
from workbench.local_aws.service import AwsError


@dataclass(frozen=True)
class Change:
    """`model` is the whole outcome; `given` are the properties that are new or other, `removed` those that go."""

    model: Mapping[str, Any]
    given: Mapping[str, Any]
    removed: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return self.removed | self.given.keys()


def patched(resource_type: str, shown: Mapping[str, Any], document: str) -> Change:
    """Raises AwsError for a patch that cannot be applied, or may not be."""
    from jsonpatch import JsonPatch, JsonPatchException
    from jsonpointer import JsonPointerException

    try:
        model: Mapping[str, Any] = JsonPatch.from_string(document).apply(dict(shown))
    except (JsonPatchException, JsonPointerException, ValueError, TypeError) as error:
        raise AwsError("ValidationException", f"Invalid patch update: {error}") from error
    given = {name: value for name, value in model.items() if name not in shown or shown[name] != value}
    change = Change(model, given, frozenset(shown.keys() - model.keys()))
    _check_changeable(resource_type, change.names)
    return change


def _check_changeable(resource_type: str, names: frozenset[str]) -> None:
    shape = schema_of(resource_type)
    for kind, code in (
        ("readOnlyProperties", "ValidationException"),
        ("createOnlyProperties", "NotUpdatableException"),
    ):
        fixed = sorted(names & top_level(shape, kind)) if shape else []
        if fixed:
            paths = ", ".join(f"/properties/{name}" for name in fixed)
            raise AwsError(code, f"Invalid patch update: {kind} [{paths}] cannot be updated")
