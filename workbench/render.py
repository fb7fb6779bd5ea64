"""What is generated from rules.yaml: the nested stack of Config rules, with the dashboard that leads to them.

Owns which files those are and what they hold. `render` is pure but for reading its templates; `write` and `stale`
touch the generated files and nothing else. Weights, categories, gate and waivers never reach a generated file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from fitness.catalogue import Catalogue
from fitness.model import Enforcement

from workbench.rendering import dashboard

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "config-rules"
_DESCRIPTION_LIMIT = 256


class MissingFunction(ValueError):
    """A custom rule names a Lambda function that config-rules/ does not define."""


def render(catalogue: Catalogue, templates: Path = TEMPLATES) -> Mapping[str, str]:
    """The text of every generated file, by its path from the root of the repository.

    Raises:
        MissingFunction: see there.
    """
    return {"config-rules/template.yaml": _config_rules(catalogue, templates)}


def stale(rendered: Mapping[str, str], root: Path = ROOT) -> tuple[str, ...]:
    """The paths whose file is not what it should be."""
    return tuple(path for path, text in rendered.items() if _read(root / path) != text)


def write(rendered: Mapping[str, str], root: Path = ROOT) -> tuple[str, ...]:
    """Bring the generated files up to date; returns the paths that changed."""
    changed = stale(rendered, root)
    for path in changed:
        (root / path).write_text(rendered[path], encoding="utf-8")
    return changed


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _config_rules(catalogue: Catalogue, templates: Path) -> str:
    import jinja2

    rules = [rule for rule in catalogue.rules.values() if rule.enforcement is not Enforcement.OFF]
    functions = list(dict.fromkeys(rule.function for rule in rules if rule.function))
    _must_be_defined(functions, templates)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=False,  # noqa: S701 - YAML, every free text goes through `quoted` or `description`
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters |= {"quoted": _quoted, "description": _description}
    template = environment.get_template("template.yaml.j2")
    return template.render(rules=rules, functions=functions, dashboard=dashboard.body(rules)).rstrip() + "\n"


def _must_be_defined(functions: list[str], templates: Path) -> None:
    for function in functions:
        if not (templates / f"{function}.yaml").exists():
            raise MissingFunction(
                f"rules.yaml names the function {function}, so config-rules/{function}.yaml must define it."
            )


def _quoted(value: str) -> str:
    """A YAML string that stays a string: `"30"`, `"true"`."""
    return json.dumps(value, ensure_ascii=False)


def _description(title: str) -> str:
    return _quoted(title[:_DESCRIPTION_LIMIT])
