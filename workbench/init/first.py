"""A first catalogue from a template: a preview by all rules to choose from, then one by those chosen.

Owns `first_catalogue`.
"""

from __future__ import annotations

from datetime import datetime

from fitness import catalogue

from workbench import preview
from workbench.init import starter
from workbench.init.draft import draft
from workbench.preview import Request


def first_catalogue(request: Request, now: datetime) -> str:
    """The text of a rules.yaml for the application. Raises `InvalidTemplate`."""
    every = catalogue.load(starter.text(), starter.FILE.name)
    seen = preview.run(request, every, now)
    chosen = catalogue.load(draft(request.template, seen, every))
    today = preview.run(request, chosen, now).card.figures.fitness
    return draft(request.template, seen, every, today)
