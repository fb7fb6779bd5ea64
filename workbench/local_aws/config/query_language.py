"""The query language of AWS Config: the part of SQL that SelectResourceConfig takes. Pure.

`SELECT properties [WHERE condition] [GROUP BY properties] [ORDER BY properties]`, without a FROM. A property is a
dotted path; where it leads through a list, a condition holds if it holds for any entry.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(r"\s*('(?:[^']|'')*'|-?\d+(?:\.\d+)?(?![\w.])|[A-Za-z_][\w.\-:]*|<>|!=|<=|>=|[=<>(),*])")
_KEYWORDS = frozenset(
    {"AND", "ASC", "BETWEEN", "BY", "DESC", "FROM", "GROUP", "IN", "LIKE", "NOT", "OR", "ORDER", "SELECT", "WHERE"}
)
_FUNCTIONS = frozenset({"AVG", "COUNT", "MAX", "MIN", "SUM"})
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

Condition = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Field:
    """A property that is selected, or what a function makes of it (`COUNT(*)`)."""

    path: str
    function: str | None = None

    @property
    def label(self) -> str:
        return f"{self.function}({self.path})" if self.function else self.path


@dataclass(frozen=True)
class Query:
    """A query; `order_by` holds properties and whether they are sorted backwards."""

    fields: tuple[Field, ...]
    condition: Condition
    group_by: tuple[str, ...] = ()
    order_by: tuple[tuple[str, bool], ...] = ()


def parse(expression: str) -> Query:
    """Raises ValueError with what cannot be understood."""
    return _Parser(_tokens(expression)).query()


def values(item: Any, path: str) -> list[Any]:
    """All values of a property, of every entry of a list on the way."""
    if isinstance(item, list):
        return [value for each in item for value in values(each, path)]
    if not path:
        return [item]
    name, _, rest = path.partition(".")
    return values(item[name], rest) if isinstance(item, Mapping) and name in item else []


def _tokens(expression: str) -> list[str]:
    tokens, position, text = [], 0, expression.rstrip("; \n\t")
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise ValueError(f"Syntax error at {text[position:].split()[0]}")
        tokens.append(match[1])
        position = match.end()
    return tokens


class _Parser:
    """Reads tokens from the first to the last."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._position = 0

    def query(self) -> Query:
        self._expect("SELECT")
        fields = self._list(self._field)
        condition = self._either() if self._take("WHERE") else _always
        group_by = self._list(self._property) if self._take("GROUP", "BY") else ()
        order_by = self._list(self._order) if self._take("ORDER", "BY") else ()
        if self._position < len(self._tokens):
            raise ValueError(f"Syntax error at {self._tokens[self._position]}")
        return Query(fields, condition, group_by, order_by)

    def _next(self) -> str:
        if self._position == len(self._tokens):
            raise ValueError("Syntax error at the end of the expression")
        self._position += 1
        return self._tokens[self._position - 1]

    def _take(self, *words: str) -> bool:
        """Whether these words follow; then they are read."""
        following = [token.upper() for token in self._tokens[self._position : self._position + len(words)]]
        if following != list(words):
            return False
        self._position += len(words)
        return True

    def _expect(self, word: str) -> None:
        if not self._take(word):
            raise ValueError(f"Syntax error at {self._next()}: {word} is expected")

    def _list(self, read: Callable[[], Any]) -> tuple[Any, ...]:
        found = [read()]
        while self._take(","):
            found.append(read())
        return tuple(found)

    def _field(self) -> Field:
        if self._take("*"):
            return Field("*")
        name = self._property()
        if name.upper() not in _FUNCTIONS or not self._take("("):
            return Field(name)
        path = "*" if self._take("*") else self._property()
        self._expect(")")
        return Field(path, name.upper())

    def _property(self) -> str:
        name = self._next()
        if not re.match(r"[A-Za-z_]", name) or name.upper() in _KEYWORDS:
            raise ValueError(f"Syntax error at {name}: a property is expected")
        return name

    def _order(self) -> tuple[str, bool]:
        return self._field().label, self._take("DESC") or (self._take("ASC") and False)

    def _either(self) -> Condition:
        alternatives = [self._both()]
        while self._take("OR"):
            alternatives.append(self._both())
        return lambda item: any(holds(item) for holds in alternatives)

    def _both(self) -> Condition:
        demands = [self._single()]
        while self._take("AND"):
            demands.append(self._single())
        return lambda item: all(holds(item) for holds in demands)

    def _single(self) -> Condition:
        if self._take("NOT"):
            return _negated(self._single())
        if self._take("("):
            inside = self._either()
            self._expect(")")
            return inside
        path = self._property()
        return _negated(self._test(path)) if self._take("NOT") else self._test(path)

    def _test(self, path: str) -> Condition:
        word = self._next().upper()
        if word == "IN":
            self._expect("(")
            wanted = self._list(self._literal)
            self._expect(")")
            return _any(path, lambda value: any(_compare("=", value, each) for each in wanted))
        if word == "BETWEEN":
            least = self._literal()
            self._expect("AND")
            most = self._literal()
            return _any(path, lambda value: _compare(">=", value, least) and _compare("<=", value, most))
        literal = self._literal()
        if word == "LIKE":
            pattern = re.escape(str(literal)).replace("%", ".*").replace("_", ".")
            return _any(path, lambda value: bool(re.fullmatch(pattern, str(_plain(value)), re.DOTALL)))
        if word not in _COMPARISONS:
            raise ValueError(f"Syntax error at {word}")
        return _any(path, lambda value: _compare(word, value, literal))

    def _literal(self) -> str | float:
        token = self._next()
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if token.lower() in ("true", "false"):
            return token.lower()
        try:
            return float(token)
        except ValueError as error:
            raise ValueError(f"Syntax error at {token}: a value is expected") from error


def _always(_: Mapping[str, Any]) -> bool:
    return True


def _negated(condition: Condition) -> Condition:
    return lambda item: not condition(item)


def _any(path: str, holds: Callable[[Any], bool]) -> Condition:
    return lambda item: any(holds(value) for value in values(item, path))


def _compare(sign: str, value: Any, literal: str | float) -> bool:
    """Numbers as numbers, everything else as texts."""
    known = _plain(value)
    if isinstance(literal, float):
        return isinstance(known, int | float) and _COMPARISONS[sign](known, literal)
    return known is not None and _COMPARISONS[sign](str(known), literal)


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
