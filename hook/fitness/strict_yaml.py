"""Reading YAML strictly, every value with its place in the file.

Owns `Node`, a cursor over a parsed document that answers with typed values or raises `InvalidYaml` naming file,
line and column. Knows no word of the catalogue.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

import yaml

Choice = TypeVar("Choice", bound=StrEnum)

# The C loader is about ten times as fast, but a build for another platform may lack it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_STRING = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"


class InvalidYaml(ValueError):
    """The document is not what it must be; the message is one sentence that starts with `file:line:column`."""

    def __init__(self, message: str, source: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{source}:{line}:{column}: {message}")
        self.source = source
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Node:
    """A value of the document, what it is called in messages (`rules.my-rule.weight`), and its place."""

    raw: yaml.Node
    source: str
    name: str

    def error(self, message: str) -> InvalidYaml:
        mark = self.raw.start_mark
        return InvalidYaml(message, self.source, mark.line + 1, mark.column + 1)

    @property
    def empty(self) -> bool:
        """Whether nothing was written after the key."""
        return self.raw.tag == _NULL

    def fields(self, known: Iterable[str], required: Iterable[str] = ()) -> Mapping[str, Node]:
        """The entries of a mapping whose keys must all be `known`."""
        entries = self._entries()
        for key, (key_node, _) in entries.items():
            if key not in known:
                raise key_node.error(f"unknown key '{key}' in {self.name}{suggestion(key, known)}.")
        for key in required:
            if key not in entries:
                raise self.error(f"{self.name} lacks the key '{key}'.")
        return {key: value for key, (_, value) in entries.items()}

    def items(self) -> Mapping[str, Node]:
        """The entries of a mapping with free keys."""
        return {key: value for key, (_, value) in self._entries().items()}

    def _entries(self) -> dict[str, tuple[Node, Node]]:
        if not isinstance(self.raw, yaml.MappingNode):
            raise self.error(f"{self.name} must be a mapping of keys to values.")
        entries: dict[str, tuple[Node, Node]] = {}
        for raw_key, raw_value in self.raw.value:
            key_node = Node(raw_key, self.source, self.name)
            if not isinstance(raw_key, yaml.ScalarNode):
                raise key_node.error(f"a key of {self.name} must be plain text.")
            key = raw_key.value
            if key in entries:
                first = entries[key][0].raw.start_mark.line + 1
                raise key_node.error(f"'{key}' stands twice in {self.name}: first on line {first}.")
            entries[key] = (key_node, Node(raw_value, self.source, self._name_of(key)))
        return entries

    def _name_of(self, key: str) -> str:
        return key if self.name == DOCUMENT else f"{self.name}.{key}"

    def sequence(self) -> tuple[Node, ...]:
        if not isinstance(self.raw, yaml.SequenceNode):
            raise self.error(f"{self.name} must be a list.")
        return tuple(Node(item, self.source, f"{self.name}[{index}]") for index, item in enumerate(self.raw.value))

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.sequence())

    def scalar(self) -> str:
        """Any single value as it is written: `off` stays `off`."""
        if not isinstance(self.raw, yaml.ScalarNode) or self.empty:
            raise self.error(f"{self.name} must be a single value.")
        return str(self.raw.value)

    def text(self) -> str:
        if not isinstance(self.raw, yaml.ScalarNode) or self.raw.tag != _STRING or not self.raw.value.strip():
            raise self.error(f"{self.name} must be text.")
        return str(self.raw.value)

    def number(self, maximum: int | None = None) -> Fraction:
        """A number from 0 to `maximum`, exact as written."""
        value = self._fraction()
        if value < 0:
            raise self.error(f"{self.name} must not be negative.")
        if maximum is not None and value > maximum:
            raise self.error(f"{self.name} must not be greater than {maximum}.")
        return value

    def _fraction(self) -> Fraction:
        if isinstance(self.raw, yaml.ScalarNode) and self.raw.tag in _NUMBERS:
            try:
                return Fraction(self.raw.value.replace("_", ""))
            except ValueError:
                pass
        raise self.error(f"{self.name} must be a number.")

    def integer(self) -> int:
        value = self.number()
        if value.denominator != 1:
            raise self.error(f"{self.name} must be a whole number.")
        return value.numerator

    def choice(self, options: type[Choice]) -> Choice:
        value = self.scalar()
        if value not in [option.value for option in options]:
            known = ", ".join(options)
            raise self.error(f"{self.name} must be one of {known}, not '{value}'{suggestion(value, options)}.")
        return options(value)

    def reference(self, known: Iterable[str], kind: str) -> str:
        """The name of something that the document must define as a `kind`."""
        value = self.text()
        if value not in known:
            raise self.error(f"{self.name} names an unknown {kind} '{value}'{suggestion(value, known)}.")
        return value

    def day(self) -> date:
        try:
            return date.fromisoformat(self.scalar())
        except ValueError:
            raise self.error(f"{self.name} must be a date like 2027-03-31.") from None


DOCUMENT = "the document"


def suggestion(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""


def parse(text: str, source: str) -> Node:
    """The root of a YAML document.

    Raises:
        InvalidYaml: the text is not YAML, is empty, or holds several documents.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise InvalidYaml(f"not valid YAML: {error.problem or error.context}.", source, *place) from None
    except yaml.YAMLError as error:
        raise InvalidYaml(f"not valid YAML: {' '.join(str(error).split())}.", source) from None
    if root is None:
        raise InvalidYaml("the file is empty.", source)
    return Node(root, source, DOCUMENT)
