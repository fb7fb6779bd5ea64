"""A template as a value: what it says, and where each part of it stands in its file.

Owns `Document`, `load` and the shape every template must have. A document that a transform made keeps the positions
of the file it came from: `origins` leads from generated parts to the parts of the source that caused them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.templates.errors import InvalidTemplate, Path, Place
from workbench.templates.yaml_reader import Position, read

Origins = Mapping[Path, tuple[Path, ...]]
"""Path in a transformed template -> the paths in its source that can have caused it, the likeliest first."""

_MAPPING_SECTIONS = ("Parameters", "Mappings", "Conditions", "Outputs", "Globals", "Metadata", "Rules")
LOOP = "Fn::ForEach::"


@dataclass(frozen=True)
class Document:
    """A template in the long form of its intrinsic functions.

    Attributes:
        name: the file's name, as messages show it.
        template: the template's value. Treat it as read-only.
        positions: line and column of every node of the source text.
        origins: where what a transform generated comes from; the longest prefix decides.
    """

    name: str
    template: dict[str, Any]
    positions: Mapping[Path, Position] = field(repr=False)
    origins: Origins = field(default_factory=dict, repr=False)

    @property
    def resources(self) -> dict[str, Any]:
        resources: dict[str, Any] = self.template["Resources"]
        return resources

    def section(self, name: str) -> dict[str, Any]:
        """A section of the template (`Parameters`, `Outputs`, ...), empty when it is absent."""
        return self.template.get(name) or {}

    def source_path(self, path: Path) -> Path:
        """The path in the source text that caused `path` of the template; of what is not written down, its parent's."""
        for length in range(len(path), 0, -1):
            if causes := self.origins.get(path[:length]):
                rest = path[length:]
                depths = {cause: len(self._written((*cause, *rest))) - len(cause) for cause in causes}
                return self._written((*max(causes, key=depths.__getitem__), *rest))
        return self._written(path)

    def is_written(self, path: Path) -> bool:
        """Whether the source text itself has what stands at `path`."""
        for length in range(len(path), 0, -1):
            if causes := self.origins.get(path[:length]):
                return any((*cause, *path[length:]) in self.positions for cause in causes)
        return path in self.positions

    def place(self, path: Path) -> Place:
        """Where `path` stands; of a part that is not written down, where its nearest parent stands."""
        return Place(self.name, *self.positions.get(self.source_path(path), (1, 1)))

    def transformed(self, template: dict[str, Any], origins: Origins) -> Document:
        """What a transform made of this document; `origins` lead to paths of this document."""
        composed = {path: tuple(map(self.source_path, causes)) for path, causes in origins.items()}
        return replace(self, template=template, origins={**self.origins, **composed})

    def _written(self, path: Path) -> Path:
        if path in self.positions:
            return path
        while path and path not in self.positions:
            path = path[:-1]
        # The key `Properties` says less than the resource that it belongs to.
        return path[:-1] if path[-1:] == ("Properties",) else path

    @contextmanager
    def locating(self) -> Iterator[None]:
        """Gives each `InvalidTemplate` raised inside its place in this document."""
        try:
            yield
        except InvalidTemplate as error:
            error.place = error.place or self.place(error.path)
            raise


def load(text: str, name: str) -> Document:
    """Reads YAML or JSON. Raises `InvalidTemplate` naming line and column."""
    template, positions = read(text, name)
    if not isinstance(template, dict):
        raise InvalidTemplate("a template is a mapping with a Resources section", place=Place(name, 1, 1))
    document = Document(name, template, positions)
    with document.locating():
        _check_shape(template)
    return document


def _check_shape(template: dict[str, Any]) -> None:
    for section in _MAPPING_SECTIONS:
        if not isinstance(template.get(section) or {}, dict):
            raise InvalidTemplate(f"{section} must be a mapping", (section,))
    resources = template.get("Resources")
    if not isinstance(resources, dict) or not resources:
        raise InvalidTemplate("a template needs a Resources section with at least one resource", ("Resources",))
    for logical_id, body in resources.items():
        if not logical_id.startswith(LOOP) and logical_id != "Fn::Transform":
            check_resource(logical_id, body)


def check_resource(logical_id: str, body: Any) -> None:
    """Raises `InvalidTemplate` unless the body has the shape of a resource."""
    path: Path = ("Resources", logical_id)
    if not isinstance(body, dict):
        raise InvalidTemplate(f"resource {logical_id} must be a mapping", path)
    if not isinstance(body.get("Type"), str):
        raise InvalidTemplate(f"resource {logical_id} needs a Type", path)
    for attribute in ("Properties", "Metadata"):
        if not isinstance(body.get(attribute) or {}, dict):
            raise InvalidTemplate(f"{attribute} of {logical_id} must be a mapping", (*path, attribute))
    needed = body.get("DependsOn") or []
    if not isinstance(needed, str) and not (isinstance(needed, list) and all(isinstance(name, str) for name in needed)):
        raise InvalidTemplate(f"DependsOn of {logical_id} takes logical ids", (*path, "DependsOn"))
