"""From a resolved property back to where the template writes it.

Owns `written_path`: the way through `Fn::If`, whose branch disappears when it is resolved, and past list items that
turned out to be `AWS::NoValue`.
"""

from __future__ import annotations

from typing import Any

from workbench.resources import Unknown
from workbench.templates.errors import Path
from workbench.templates.intrinsics import intrinsic
from workbench.templates.scope import NO_VALUE, Scope


def written_path(value: Any, resolved: Path, scope: Scope) -> Path:
    """The path in `value`, as written, of what stands at `resolved` once the value is resolved.

    Ends early where the value is computed as a whole, or where there is nothing.
    """
    path: Path = ()
    for step in resolved:
        value, path = _through_conditions(value, path, scope)
        written = _written_step(value, step, scope)
        if written is None:
            return path
        value, path = value[written], (*path, written)
    return path


def _written_step(value: Any, step: str | int, scope: Scope) -> str | int | None:
    if isinstance(value, dict) and not intrinsic(value):
        return step if step in value else None
    if not isinstance(value, list) or not isinstance(step, int):
        return None
    kept = [index for index, item in enumerate(value) if not _is_no_value(item, scope)]
    return kept[step] if step < len(kept) else None


def _is_no_value(item: Any, scope: Scope) -> bool:
    value, _ = _through_conditions(item, (), scope)
    return bool(value == {"Ref": NO_VALUE})


def _through_conditions(value: Any, path: Path, scope: Scope) -> tuple[Any, Path]:
    match intrinsic(value):
        case ("Fn::If", [str() as name, _, _]) if not isinstance(scope.conditions.get(name, Unknown("")), Unknown):
            branch = 1 if scope.conditions[name] else 2
            return _through_conditions(value["Fn::If"][branch], (*path, "Fn::If", branch), scope)
    return value, path
