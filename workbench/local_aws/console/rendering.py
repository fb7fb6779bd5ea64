"""Values as HTML and as JSON. Whatever a template prints is first made harmless to the reader, then escaped."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from workbench.local_aws.console import chart, metrics
from workbench.local_aws.console.tones import SIGNS
from workbench.reports.wording import clean, number

STATIC: Mapping[str, str] = {
    "console.css": "text/css; charset=utf-8",
    "console.js": "text/javascript; charset=utf-8",
}
_FOLDER = Path(__file__).parent
_SECTIONS = {"stack": "stacks", "rule": "rules", "resource": "resources"}


def page(name: str, region: str, query: Mapping[str, str], values: Mapping[str, Any]) -> str:
    def link(target: str, **parameters: str) -> str:
        return f"/_console/{region}/{target}" + (f"?{urlencode(parameters)}" if parameters else "")

    asked = f"?{urlencode(query)}" if query else ""
    context = {
        "link": link,
        "region": region,
        "section": _SECTIONS.get(name, name),
        "json_address": f"/_console/api/{region}/{name}{asked}",
    }
    return _environment().get_template(f"{name}.html.j2").render({**context, **values})


def json_text(values: Mapping[str, Any]) -> str:
    return json.dumps(values, default=_plain, ensure_ascii=False, indent=1) + "\n"


@cache
def static(name: str) -> str:
    return (_FOLDER / "static" / name).read_text(encoding="utf-8")


def moment(value: datetime | None) -> str:
    return "never" if value is None else value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def block(text: str) -> Markup:
    """Text of several lines, each made harmless with its indentation kept."""
    lines = (line[: len(line) - len(line.lstrip(" "))] + clean(line) for line in text.split("\n"))
    return Markup("\n").join(lines)


def whole(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.0f}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else _fields(value)


def _fields(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return str(value)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(moment=moment, number=number, whole=whole, block=block)
    environment.globals.update(signs=SIGNS, windows=metrics.WINDOWS, box=chart, levels=chart.LEVELS)
    return environment


def _harmless(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
