"""Metric math: arithmetic with the values of queries, period by period. Pure.

CloudWatch's functions (SUM, FILL, ANOMALY_DETECTION_BAND, SEARCH and the like) are refused by name.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from datetime import datetime

from workbench.local_aws.service import AwsError

Values = Mapping[datetime, float]
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def calculate(expression: str, known: Mapping[str, Values]) -> Values:
    """The values where all that the expression names have one, and nothing is divided by zero.

    Raises:
        AwsError: the expression is more than arithmetic, or names a query that is not there.
    """
    tree = _arithmetic(expression)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    unknown = sorted(names - set(known))
    if unknown or not names:
        raise _refused(expression, f"{unknown[0]} is not the id of a query" if unknown else "it names no query")
    moments = set.intersection(*(set(known[name]) for name in names))
    results: dict[datetime, float] = {}
    for moment in moments:
        try:
            results[moment] = _value(tree, {name: known[name][moment] for name in names})
        except ZeroDivisionError:
            continue
    return results


def _arithmetic(expression: str) -> ast.expr:
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except SyntaxError:
        raise _refused(expression, "it is not arithmetic") from None
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and not _is_known(node):
            raise _refused(expression, f"the local AWS does not calculate {ast.unparse(node)}")
    return tree


def _is_known(node: ast.expr) -> bool:
    match node:
        case ast.BinOp(op=sign):
            return type(sign) in _OPERATORS
        case ast.Constant(value=number):
            return isinstance(number, int | float)
    return isinstance(node, ast.Name) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub))


def _value(node: ast.AST, names: Mapping[str, float]) -> float:
    match node:
        case ast.Name(id=name):
            return names[name]
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.UnaryOp(operand=operand):
            return -_value(operand, names)
        case ast.BinOp(left=left, op=sign, right=right):
            return _OPERATORS[type(sign)](_value(left, names), _value(right, names))
    raise TypeError(f"{ast.dump(node)} is not arithmetic")


def _refused(expression: str, reason: str) -> AwsError:
    return AwsError("ValidationError", f"Error in expression '{expression}': {reason}.")
