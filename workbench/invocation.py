"""The command that made a report, for whoever wants to make it again.

Owns how it is told: only what was typed, and no value of a template's parameter, which may be a secret.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from typing import Any

import click
from click.core import ParameterSource

_MAY_BE_SECRET = ("parameters",)


def invocation() -> str:
    """The running command as one would type it; empty outside of one."""
    context = click.get_current_context(silent=True)
    return " ".join([context.command_path, *_typed(context)]) if context else ""


def _typed(context: click.Context) -> Iterator[str]:
    for parameter in context.command.params:
        name = parameter.name or ""
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            yield from _words(parameter, _values(name, context.params[name]))


def _words(parameter: click.Parameter, values: Iterable[str]) -> Iterator[str]:
    option = max(parameter.opts, key=len) if isinstance(parameter, click.Option) else ""
    for value in values:
        yield " ".join(filter(None, (option, value)))


def _values(name: str, value: Any) -> Iterator[str]:
    for each in value if isinstance(value, tuple) else (value,):
        text = str(each)
        yield f"{text.partition('=')[0]}=..." if name in _MAY_BE_SECRET else shlex.quote(text)
