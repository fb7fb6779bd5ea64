"""Which actions of AWS an entry point can reach, read from the code of the hook's package.

Every name is followed, called or handed on: on something called `aws` to the edge's method, otherwise to all functions,
methods and properties of that name. So a path may be seen that is never taken, and none is missed.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from tests.unit.app.sample import ROOT

_ACTION = re.compile(r"\bexplained\('([a-z0-9]+:\w+)'")
_EDGE = "aws"
# Whether a function is part of the edge, and its name.
_Name = tuple[bool, str]


def reachable_actions(entry_point: str) -> set[str]:
    """The actions behind a function of `fitness` and all that it calls."""
    bodies = [body for name in _reachable(entry_point) for body in _functions()[name]]
    return {action for body in bodies for action in _ACTION.findall(ast.unparse(body))}


def reaches_edge(entry_point: str, method: str) -> bool:
    """Whether a function of `fitness`, or what it uses, uses this method of the edge."""
    return (True, method) in _reachable(entry_point)


def _reachable(entry_point: str) -> set[_Name]:
    seen, waiting = set[_Name](), {(False, entry_point)}
    while waiting:
        seen |= waiting
        waiting = {used for name in waiting for body in _functions()[name] for used in _names(name[0], body)}
        waiting = (waiting & _functions().keys()) - seen
    return seen


@cache
def _functions() -> dict[_Name, list[ast.FunctionDef]]:
    found: dict[_Name, list[ast.FunctionDef]] = defaultdict(list)
    for file in (ROOT / "hook/fitness").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef):
                found[file.stem == _EDGE, node.name].append(node)
    return found


def _names(in_edge: bool, body: ast.FunctionDef) -> Iterator[_Name]:
    for node in ast.walk(body):
        if isinstance(node, ast.Attribute):
            receiver = ast.unparse(node.value).rpartition(".")[2]
            yield receiver == _EDGE or (in_edge and receiver == "self"), node.attr
        elif isinstance(node, ast.Name):
            yield in_edge, node.id
