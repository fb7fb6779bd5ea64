"""The page's files: templates, style and scripts, and how values get into the templates.

Owns the Jinja2 environment. Whatever a template prints is first made harmless to the reader (`clean`), then escaped.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from workbench.reports.findings import CURES
from workbench.reports.wording import clean, moment, number, signed

_FOLDER = Path(__file__).with_name("templates")
_STYLE = ("report.css",)
_SCRIPTS = ("arithmetic.js", "fragment.js", "calculator.js", "filter.js")


def template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=number, signed=signed, moment=moment)
    style, script = _text(_STYLE), _text(_SCRIPTS)
    environment.globals.update(
        style=Markup(style),  # noqa: S704 - the product's own file
        script=Markup(script),  # noqa: S704 - likewise
        style_hash=_hash(style),
        script_hash=_hash(script),
        cures=CURES,
    )
    return environment


def _harmless(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _text(names: tuple[str, ...]) -> str:
    return "".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
