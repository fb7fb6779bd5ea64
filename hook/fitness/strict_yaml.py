"""Reading YAML strictly, every value with its place in the file.

Owns `Node`, a cursor over a parsed document that answers with typed values or raises `InvalidYaml` naming file,
line and column. Knows no word of the catalogue.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

import yaml
from yaml.reader import Reader

Choice = TypeVar("Choice", bound=StrEnum)

# The C loader is about ten times as fast, but a build for another platform may lack it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_STRING = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"
# Only what every YAML reads alike: 010 and 1:30 are other numbers in YAML 1.1 than in the 1.2 of editors.
_NUMBER = re.compile(r"[-+]?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[-+]?\d{1,2})?", re.IGNORECASE)
_LARGEST = 10**9


class InvalidYaml(ValueError):
    """The document is not what it must be; the message is one sentence that starts with `file:line:column`."""

    def __init__(self, message: str, source: str, line: int = 1, column: int = 1) -> None:
        self.message = " ".join(message.split())
        super().__init__(f"{source}:{line}:{column}: {self.message}")
        self.source = source
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Node:
    """A value of the document, what it is called in messages (`rules.my-rule.weight`), its place and its key's."""

    raw: yaml.Node
    source: str
    name: str
    raw_key: yaml.Node | None = None

    def error(self, message: str) -> InvalidYaml:
        """A mistake in the value."""
        return self._error_at(self.raw, message)

    def key_error(self, message: str) -> InvalidYaml:
        """A mistake in the key that the value stands under."""
        return self._error_at(self.raw_key or self.raw, message)

    def _error_at(self, raw: yaml.Node, message: str) -> InvalidYaml:
        mark = raw.start_mark
        return InvalidYaml(message, self.source, mark.line + 1, mark.column + 1)

    @property
    def empty(self) -> bool:
        """Whether nothing was written after the key."""
        return self.raw.tag == _NULL

    def fields(self, known: Iterable[str], required: Iterable[str] = ()) -> Mapping[str, Node]:
        """The entries of a mapping whose keys must all be `known`."""
        entries = self.items()
        for key, node in entries.items():
            if key not in known:
                raise node.key_error(f"unknown key '{key}' in {self.name}{suggestion(key, known)}.")
        for key in required:
            if key not in entries:
                raise self.error(f"{self.name} lacks the key '{key}'.")
        return entries

    def items(self) -> Mapping[str, Node]:
        """The entries of a mapping with free keys."""
        if not isinstance(self.raw, yaml.MappingNode):
            raise self.error(f"{self.name} must be a mapping of keys to values.")
        entries: dict[str, Node] = {}
        for raw_key, raw_value in self.raw.value:
            key = self._key(raw_key)
            node = Node(raw_value, self.source, self._name_of(key), raw_key)
            if key in entries:
                first = entries[key].key_error("").line
                raise node.key_error(f"'{key}' stands twice in {self.name}: first on line {first}.")
            entries[key] = node
        return entries

    def _key(self, raw: yaml.Node) -> str:
        """Merge keys are refused: a value that comes from elsewhere would have no place of its own."""
        if not isinstance(raw, yaml.ScalarNode) or raw.tag in (_MERGE, _NULL) or not raw.value.strip():
            raise self._error_at(raw, f"a key of {self.name} must be plain text.")
        return str(raw.value)

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

    def number(self, maximum: int = _LARGEST) -> Fraction:
        """A number from 0 to `maximum`, exact as written."""
        value = self._fraction()
        if value < 0:
            raise self.error(f"{self.name} must not be negative.")
        if value > maximum:
            raise self.error(f"{self.name} must not be greater than {maximum}.")
        return value

    def _fraction(self) -> Fraction:
        is_number = isinstance(self.raw, yaml.ScalarNode) and self.raw.tag in _NUMBERS
        if not is_number or not _NUMBER.fullmatch(self.raw.value):
            raise self.error(f"{self.name} must be a number.")
        return Fraction(self.raw.value)

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
        """A date as `YYYY-MM-DD` and in no other of the forms of ISO 8601."""
        value = self.scalar()
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            raise self.error(f"{self.name} must be a date like 2027-03-31.")
        return day


DOCUMENT = "the document"


def suggestion(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""


def parse(text: str, source: str) -> Node:
    """The root of a YAML document.

    Raises:
        InvalidYaml: the text is not YAML, is empty, or holds several documents.
    """
    _refuse_control_characters(text, source)
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = ", ".join(part for part in (error.context, error.problem) if part)
        raise InvalidYaml(f"not valid YAML: {problem}.", source, *place) from None
    if root is None:
        raise InvalidYaml("the file is empty.", source)
    return Node(root, source, DOCUMENT)


def _refuse_control_characters(text: str, source: str) -> None:
    """The YAML library would refuse them too, but without saying where."""
    found = Reader.NON_PRINTABLE.search(text)
    if found:
        before = text[: found.start()]
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise InvalidYaml(f"not valid YAML: the character U+{ord(found[0]):04X} is not allowed.", source, *place)
