"""`Fn::ForEach` of the transform AWS::LanguageExtensions: loops that write resources, outputs and conditions.

Owns `expand_loops`. The functions that the same transform adds (`Fn::Length`, `Fn::ToJsonString`, defaults of
`Fn::FindInMap`) are resolved with all others, in `intrinsics`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.resources import Unknown
from workbench.templates.document import LOOP, Document
from workbench.templates.errors import InvalidTemplate, Path
from workbench.templates.functions import scalar_text
from workbench.templates.intrinsics import resolve
from workbench.templates.scope import Scope

_SECTIONS = ("Conditions", "Resources", "Outputs")
MAX_DEPTH = 5


def expand_loops(document: Document, scope: Scope) -> Document:
    """The document with every loop written out; `scope` resolves what the loops go over."""
    expansion = _Expansion(scope)
    sections = {
        name: expansion.value(document.template[name], (name,), (name,), {})
        for name in _SECTIONS
        if name in document.template
    }
    return document.transformed({**document.template, **sections}, expansion.origins)


class _Expansion:
    """Writes loops out and remembers where what they wrote came from."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.origins: dict[Path, tuple[Path, ...]] = {}

    def value(self, value: Any, path: Path, source: Path, bound: Mapping[str, str]) -> Any:
        if isinstance(value, str):
            return _substituted(value, bound)
        if isinstance(value, list):
            return [self.value(item, (*path, n), (*source, n), bound) for n, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if value.keys() == {"Ref"} and isinstance(value["Ref"], str) and value["Ref"] in bound:
            return bound[value["Ref"]]
        return self._mapping(value, path, source, bound)

    def _mapping(self, value: dict[str, Any], path: Path, source: Path, bound: Mapping[str, str]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, item, origin, names in self._entries(value, source, bound):
            if key in result:
                raise InvalidTemplate(f"Fn::ForEach writes {key} twice", origin)
            if origin != (*source, key):
                self.origins[(*path, key)] = (origin,)
            result[key] = self.value(item, (*path, key), origin, names)
        return result

    def _entries(
        self, value: dict[str, Any], source: Path, bound: Mapping[str, str]
    ) -> Iterator[tuple[str, Any, Path, Mapping[str, str]]]:
        for key, item in value.items():
            if key.startswith(LOOP):
                yield from self._loop(item, (*source, key), bound)
            else:
                yield _substituted(key, bound), item, (*source, key), bound

    def _loop(
        self, loop: Any, source: Path, bound: Mapping[str, str]
    ) -> Iterator[tuple[str, Any, Path, Mapping[str, str]]]:
        match loop:
            case [str() as identifier, items, dict() as body] if len(bound) < MAX_DEPTH:
                for item in self._items(items, source, bound):
                    yield from self._entries(body, (*source, 2), {**bound, identifier: item})
            case _:
                message = f"{source[-1]} takes an identifier, a list and a mapping, nested at most {MAX_DEPTH} deep"
                raise InvalidTemplate(message, source)

    def _items(self, items: Any, source: Path, bound: Mapping[str, str]) -> list[str]:
        resolved = resolve(self.value(items, (), (), bound), self._scope, (*source, 1))
        if isinstance(resolved, Unknown):
            raise InvalidTemplate(f"{source[-1]} cannot be written out: {resolved.reason}", source)
        if not isinstance(resolved, list):
            raise InvalidTemplate(f"{source[-1]} must go over a list", source)
        return [scalar_text(item) for item in resolved]


def _substituted(text: str, bound: Mapping[str, str]) -> str:
    for identifier, item in bound.items():
        text = text.replace("${" + identifier + "}", item)
        text = text.replace("&{" + identifier + "}", "".join(filter(str.isalnum, item)))
    return text
