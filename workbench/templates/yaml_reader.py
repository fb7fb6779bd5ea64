"""YAML and JSON text to plain values in CloudFormation's long form, with the position of every node.

Differs from a plain YAML load as CloudFormation does: short tags become intrinsic functions, dates stay text, keys are
always text, and a duplicate key is an error. Every alias becomes a copy, so that no two places share a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import yaml

from workbench.templates.errors import InvalidTemplate, Path, Place

Position: TypeAlias = tuple[int, int]

MAX_NODES = 200_000
_SHORT_TAGS = """
!And !Base64 !Cidr !Condition !Contains !EachMemberEquals !EachMemberIn !Equals !FindInMap !GetAZs !GetAtt
!GetStackOutput !If !ImportValue !Join !Length !Not !Or !Ref !RefAll !Select !Split !Sub !ToJsonString !Transform
!ValueOf !ValueOfAll
"""
_FUNCTIONS = {tag: "Fn::" + tag[1:] for tag in _SHORT_TAGS.split()} | {"!Ref": "Ref", "!Condition": "Condition"}
_STANDARD = "tag:yaml.org,2002:"
_MERGE = _STANDARD + "merge"
_SURROGATES = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_scalars: Any = yaml.constructor.SafeConstructor()
_SCALARS: dict[str, Callable[[yaml.ScalarNode], Any]] = {
    _STANDARD + "null": lambda _: None,
    _STANDARD + "bool": _scalars.construct_yaml_bool,
    _STANDARD + "int": _scalars.construct_yaml_int,
    _STANDARD + "float": _scalars.construct_yaml_float,
}


def read(text: str, name: str) -> tuple[Any, dict[Path, Position]]:
    """The value of the text, and line and column by path: of an entry's key in a mapping, of the item in a list."""
    root = _compose(text, name)
    if root is None:
        raise InvalidTemplate("the template is empty", place=Place(name, 1, 1))
    reader = _Reader(name)
    try:
        return reader.value(root, ()), reader.positions
    except RecursionError as error:
        raise InvalidTemplate("the template is nested too deeply", place=Place(name, 1, 1)) from error


def _compose(text: str, name: str) -> yaml.Node | None:
    text = _as_yaml(text)
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
        raise InvalidTemplate(_syntax_error(error, text), place=place) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        raise InvalidTemplate(f"not YAML: {error.reason}", place=Place(name, line, column)) from error
    except RecursionError as error:
        raise InvalidTemplate("the template is nested too deeply", place=Place(name, 1, 1)) from error
    return node


def _as_yaml(text: str) -> str:
    """JSON is YAML but for tabs between tokens and for surrogate pairs in escapes."""
    text = text.removeprefix("\ufeff")
    if not _is_json(text):
        return text
    return _SURROGATES.sub(_join_surrogates, text.replace("\t", " "))


def _is_json(text: str) -> bool:
    return text.lstrip().startswith("{")


def _join_surrogates(pair: re.Match[str]) -> str:
    return (chr(int(pair[1], 16)) + chr(int(pair[2], 16))).encode("utf-16", "surrogatepass").decode("utf-16")


def _syntax_error(error: yaml.MarkedYAMLError, text: str) -> str:
    mark = error.problem_mark
    if mark and text.splitlines()[mark.line : mark.line + 1] and text.splitlines()[mark.line].lstrip(" ")[:1] == "\t":
        return "not YAML: a tab cannot indent; use spaces"
    said = " ".join(part for part in (error.context, error.problem) if part)
    return f"not {'JSON' if _is_json(text) else 'YAML'}: {said or 'cannot be parsed'}"


class _Reader:
    """Collects positions while it turns nodes into values."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.positions: dict[Path, Position] = {}
        self._open: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.positions.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if len(self.positions) > MAX_NODES:
            raise self._invalid(node, "the template is too large once its aliases are expanded")
        if function := self._function(node):
            return {function: self._argument(node, function, (*path, function))}
        return self._plain(node, path)

    def _function(self, node: yaml.Node) -> str | None:
        tag: str = node.tag
        if not tag.startswith("!") or tag == "!":
            return None
        if tag in _FUNCTIONS:
            return _FUNCTIONS[tag]
        raise self._invalid(node, f"{tag} is not an intrinsic function of CloudFormation")

    def _argument(self, node: yaml.Node, function: str, path: Path) -> Any:
        self.positions.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if isinstance(node, yaml.ScalarNode):
            return _attribute(node.value) if function == "Fn::GetAtt" else node.value
        return self._plain(node, path)

    def _plain(self, node: yaml.Node, path: Path) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self._open:
            raise self._invalid(node, "an alias refers to the value that holds it")
        self._open.add(id(node))
        try:
            return self._mapping(node, path) if isinstance(node, yaml.MappingNode) else self._sequence(node, path)
        finally:
            self._open.remove(id(node))

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        if node.tag.startswith(_STANDARD + "python"):
            raise self._invalid(node, f"the tag {node.tag} is not allowed")
        try:
            return _SCALARS[node.tag](node) if node.tag in _SCALARS else node.value
        except (ValueError, KeyError) as error:
            raise self._invalid(node, f"{node.value!r} is not a value of type {node.tag}") from error

    def _sequence(self, node: yaml.Node, path: Path) -> list[Any]:
        return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, (key_node, value_node) in self._entries(node).items():
            self.positions[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            value = self.value(value_node, (*path, key))
            result[key] = _attribute(value) if key == "Fn::GetAtt" and isinstance(value, str) else value
        return result

    def _entries(self, node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        merged: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        own: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            if key.tag == _MERGE:
                for source in self._merge_sources(value):
                    merged = self._entries(source) | merged
            elif not isinstance(key, yaml.ScalarNode):
                raise self._invalid(key, "a key must be text")
            elif key.value in own:
                raise self._invalid(key, f"duplicate key {key.value!r}")
            else:
                own[key.value] = (key, value)
        return merged | own

    def _merge_sources(self, node: yaml.Node) -> Iterator[yaml.MappingNode]:
        for source in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if not isinstance(source, yaml.MappingNode):
                raise self._invalid(source, "<< merges mappings only")
            yield source

    def _invalid(self, node: yaml.Node, message: str) -> InvalidTemplate:
        place = Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)
        return InvalidTemplate(message, place=place)


def _attribute(text: str) -> list[str]:
    return text.split(".", 1)
