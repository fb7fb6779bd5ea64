"""Reading the properties of a resource: where a value stands, and whether it is known at all.

Owns the rule that a check never guesses. Every value is reached through `Property`, which raises `Unresolved` when
the answer would depend on a value that cannot be resolved. `all_of`, `any_of` and `first` let the known part decide
when it suffices.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from workbench.managed_rules.model import Finding, Verdict
from workbench.resources import Resource, Unknown

T = TypeVar("T")

Step = str | int


class Unresolved(Exception):
    """The answer depends on a value that is not known."""

    def __init__(self, reason: str, where: Property | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.where = where


@dataclass(frozen=True)
class Property:
    """A value inside a resource, with the path that leads to it.

    The value is None where the template says nothing. `at` is the logical path of the related resource that holds
    the property; None inside the judged resource.
    """

    value: Any
    path: tuple[Step, ...] = ()
    at: str | None = None

    def get(self, *steps: Step) -> Property:
        """The property below this one, absent or not."""
        found = self
        for step in steps:
            found = found._below(step)
        return found

    def _below(self, step: Step) -> Property:
        value = self.known()
        if value is None:
            return Property(None, (*self.path, step), self.at)
        if isinstance(value, Mapping):
            return Property(value.get(step), (*self.path, step), self.at)
        raise Unresolved(f"{self.name} is {value!r} where properties are expected", self)

    def known(self) -> Any:
        """The plain value; raises `Unresolved` when it is not known."""
        if isinstance(self.value, Unknown):
            holder = f" of {self.at}" if self.at else ""
            raise Unresolved(f"{self.name}{holder} is not known: {self.value.reason}", self)
        return self.value

    @property
    def name(self) -> str:
        """`Rules[0].Status`."""
        text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return text.removeprefix(".") or "the resource"

    @property
    def is_set(self) -> bool:
        """Whether anything is there; a structure counts as soon as it has content, known or not."""
        return self.known() not in (None, "", {}, [])

    def items(self) -> tuple[Property, ...]:
        """The elements of a list; a single value stands for a list of one, as in policy documents."""
        value = self.known()
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            return (self,)
        return tuple(Property(item, (*self.path, index), self.at) for index, item in enumerate(value))

    def entries(self) -> tuple[tuple[str, Property], ...]:
        """The keys of a mapping with their properties."""
        value = self.known()
        if value is None:
            return ()
        if not isinstance(value, Mapping):
            raise Unresolved(f"{self.name} is {value!r} where properties are expected", self)
        return tuple((str(key), self.get(key)) for key in value)

    def text(self, default: str = "") -> str:
        value = self.known()
        if value is None:
            return default
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str | int | float):
            return str(value)
        raise Unresolved(f"{self.name} is {value!r} where a text is expected", self)

    def flag(self, *, default: bool = False) -> bool:
        """A boolean, which CloudFormation also accepts as the text `true` or `false`."""
        text = self.text(str(default).lower()).strip().lower()
        if text in ("true", "false"):
            return text == "true"
        raise Unresolved(f"{self.name} is {text!r} where true or false is expected", self)

    def number(self) -> float | None:
        """A number, which CloudFormation also accepts as text; None where nothing is set."""
        text = self.text()
        try:
            return float(text) if text else None
        except ValueError:
            raise Unresolved(f"{self.name} is {text!r} where a number is expected", self) from None

    def document(self) -> Property:
        """The same property with its content parsed when it is written as JSON text."""
        value = self.known()
        if not isinstance(value, str):
            return self
        try:
            return Property(json.loads(value), self.path, self.at)
        except ValueError:
            raise Unresolved(f"{self.name} is not valid JSON", self) from None


def read(resource: Resource, *steps: Step) -> Property:
    """A property of the judged resource."""
    return Property(resource.properties).get(*steps)


def beside(resource: Resource, *types: str) -> tuple[Property, ...]:
    """The properties of the related resources of these types."""
    return tuple(properties_of(other) for other in resource.related if other.type in types)


def properties_of(related: Resource) -> Property:
    """The properties of a related resource, so that findings point into it."""
    return Property(related.properties, (), related.path)


def judged(ok: bool, message: str, where: Property | None = None) -> Finding:  # noqa: FBT001 - reads as a sentence
    """COMPLIANT when `ok`, else NON_COMPLIANT."""
    return _finding(Verdict.COMPLIANT if ok else Verdict.NON_COMPLIANT, message, where)


def matched(what: str, where: Property, found: str, wanted: Collection[str]) -> Finding:
    """COMPLIANT when what was found is one of those wanted; the message names both otherwise."""
    expected = "" if found in wanted else f", not {' or '.join(wanted)}"
    return judged(found in wanted, f"{what} is {found}{expected}.", where)


def compliant(message: str, where: Property | None = None) -> Finding:
    return _finding(Verdict.COMPLIANT, message, where)


def non_compliant(message: str, where: Property) -> Finding:
    return _finding(Verdict.NON_COMPLIANT, message, where)


def not_applicable(message: str, where: Property | None = None) -> Finding:
    return _finding(Verdict.NOT_APPLICABLE, message, where)


def unknown(message: str, where: Property | None = None) -> Finding:
    return _finding(Verdict.UNKNOWN, message, where)


def _finding(verdict: Verdict, message: str, where: Property | None) -> Finding:
    return Finding(verdict, message, where.path if where else (), where.at if where else None)


def first(things: Iterable[T], test: Callable[[T], bool]) -> T | None:
    """The first thing that passes; `Unresolved` when none is known to, but one may."""
    gap: Unresolved | None = None
    for thing in things:
        try:
            if test(thing):
                return thing
        except Unresolved as unresolved:
            gap = gap or unresolved
    if gap:
        raise gap
    return None


def any_of(*tests: Callable[[], bool]) -> bool:
    """True when one test is known to be; `Unresolved` when none is, but one may be."""
    return first(tests, lambda test: test()) is not None


def all_of(*tests: Callable[[], bool]) -> bool:
    """False when one test is known to be; `Unresolved` when none is, but one may be."""
    return first(tests, lambda test: not test()) is None
